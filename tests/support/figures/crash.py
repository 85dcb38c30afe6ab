"""What a pool would lose if the price jumped now: by the twin's liquidations and payouts."""

import csv
from dataclasses import dataclass, replace
from fractions import Fraction

from offchain.chain.generated.demo_market.accounts import PerpMarket, PerpPosition
from offchain.chain.generated.insolvency_handler.accounts import ClaimRegistry
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.settings.paths import ROOT
from tests.model import parameters as P
from tests.model.market.fills import VALUE_MAX
from tests.model.market.liquidation import is_breached, liquidate
from tests.model.market.state import Market, Trader
from tests.model.numbers import down, toward_zero, up
from tests.model.pool.payouts import request_payout
from tests.model.pool.state import Pool
from tests.model.pool.vesting import vest
from tests.support.figures.ledger import Ledger
from tests.support.figures.shown import cost, moved, percent
from tests.support.figures.told import bps
from tests.support.raw.perps import OPEN, market_of, position_of
from tests.support.raw.pools import pool_of

RECORD = ROOT / "offchain" / "data" / "btc_usd_1h_2020-01-17_2020-04-09.csv"
MOVES = (-1_000, -2_000, -3_000, -4_000, -5_000, 1_000, 2_500, 5_000)
SHARE_ONE = 10**9


@dataclass(frozen=True)
class Crash:
    """A jump and what follows; amounts in atoms."""

    liquidated: int
    deficit: int
    payout: int
    uncovered: int
    loss_bps: int


def recorded_fall(hours: int) -> int:
    """The deepest fall of the record from the beginning of so many hours to a low in them; negative basis points."""
    with RECORD.open() as opened:
        candles = [(Fraction(row["open"]), Fraction(row["low"])) for row in csv.DictReader(opened)]
    return min(
        toward_zero((min(low for _, low in candles[at : at + hours]) - candles[at][0]) * P.BPS / candles[at][0])
        for at in range(len(candles) - hours + 1)
    )


def crash(ledger: Ledger, perp: PerpMarket, move_bps: int) -> Crash:
    """Every open position at the moved price, in the order of their addresses."""
    price = down(Fraction(perp.price * (P.BPS + move_bps), P.BPS))
    market = replace(market_of(perp), price=price, lag_price=0, house=VALUE_MAX, margins=VALUE_MAX)
    known = ledger.all(PerpPosition)
    fund, deficit, counted, liquidated = perp.fund, 0, 0, 0
    for address in sorted(known):
        told = known[address]
        if told.market != perp.market_id or told.state != OPEN:
            continue
        position = position_of(told)
        there: Market = replace(market, fund=fund)
        if is_breached(there, position):
            _, _, done = liquidate(there, Trader(), position, 0)
            liquidated += 1
            deficit += done.deficit
            counted += done.covered
            fund -= done.from_fund
    return _paid(ledger, perp, liquidated, deficit, counted)


def _paid(ledger: Ledger, perp: PerpMarket, liquidated: int, deficit: int, counted: int) -> Crash:
    registry = ledger.one(ClaimRegistry, market_id=perp.market_id)
    pool = pool_of(ledger.one(InsurancePool, market_id=perp.market_id))
    claimable = registry.counter - registry.settled + counted
    payout = uncovered = 0
    after = replace(pool, unsettled=claimable)
    if claimable > registry.threshold and not registry.pending:
        after = request_payout(pool, registry.next_sequence, claimable)
        assert after.reserved is not None
        payout = after.reserved.payout
        uncovered = claimable - payout
    old, new = _price(vest(pool, ledger.epoch)), _price(vest(after, ledger.epoch))
    wiped = pool.total_shares > 0 and after.total_shares == 0
    loss = P.BPS if wiped else up(Fraction(max(0, old - new) * P.BPS, max(1, old)))
    return Crash(liquidated, deficit, payout, uncovered, loss)


def _price(pool: Pool) -> int:
    """Of a share, 1e9 = one atom, rounded down."""
    priced = max(0, pool.available - max(0, pool.unsettled - pool.residual))
    return down(Fraction((priced + P.VIRTUAL) * SHARE_ONE, pool.total_shares + P.VIRTUAL))


def shown_scenarios(ledger: Ledger, perp: PerpMarket) -> dict[str, str]:
    """Every row of the table of scenarios."""
    named = {
        "crash_hour": ("the worst hour of March 2020, as one gap", recorded_fall(1)),
        "crash_day": ("the worst 24 hours of March 2020, as one gap", recorded_fall(24)),
    }
    for move in MOVES:
        verb = "falls" if move < 0 else "rises"
        named[f"move_{move}"] = (f"the price {verb} by {bps(abs(move))} at once", move)
    found: dict[str, str] = {}
    for name, (title, move) in named.items():
        what = crash(ledger, perp, move)
        row = f"table:Loss scenarios/{name}"
        found |= {f"{row}/title": title, f"{row}/move": moved(move), f"{row}/liquidated": str(what.liquidated)}
        found |= {f"{row}/deficit": cost(what.deficit, 0), f"{row}/payout": cost(what.payout, 0)}
        found |= {f"{row}/loss": percent(what.loss_bps), f"{row}/uncovered": cost(what.uncovered, 0)}
    return found
