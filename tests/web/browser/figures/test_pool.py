"""A pool: its head, yields, flows by day, what a crash would cost, and its terms."""

from fractions import Fraction

import pytest

from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, ProviderPosition
from offchain.chain.generated.risk_engine.accounts import MarketConfig
from tests.model import parameters as P
from tests.model.numbers import down
from tests.model.pool.utilization import is_fresh, utilization_bps, withdrawable
from tests.support.browser import Screen
from tests.support.figures import told
from tests.support.figures.comparison import compare
from tests.support.figures.crash import shown_scenarios
from tests.support.figures.frozen import Frozen
from tests.support.figures.ledger import Ledger
from tests.support.figures.pool_path import Point, pool_path
from tests.support.figures.shown import duration, missing, money, number, percent, when
from tests.support.figures.twin import pool_now
from tests.support.figures.yields import share, shown_yield

Shown = dict[str, str | tuple[str, ...]]
DAY = 86_400
SHARE_ONE = 10**9


def _head(ledger: Ledger, name: str, market: PerpMarket) -> Shown:
    pool = pool_now(ledger, market.market_id)
    utilised = utilization_bps(pool)
    positions = ledger.all(ProviderPosition).values()
    holders = {
        each.provider
        for each in positions
        if each.market_id == market.market_id and each.shares and each.generation == pool.generation
    }
    priced = max(0, pool.available - max(0, pool.unsettled - pool.residual))
    price = down(Fraction((priced + P.VIRTUAL) * SHARE_ONE, pool.total_shares + P.VIRTUAL))
    return {
        "title": f"Pool of {name}",
        "stat:Providers\N{RIGHT SINGLE QUOTATION MARK} capital": money(pool.available),
        "stat:Share price, USDC": number(price, 9, 6),
        "stat:Withdrawable now": money(withdrawable(pool)),
        "stat:Required reserve": money(pool.required_reserve),
        "stat:Utilisation/name": f"Utilisation, cap {percent(P.UTIL_CAP_BPS)}",
        "stat:Utilisation": f"{percent(utilised)} [Utilisation: {min(utilised, P.BPS)}]",
        "stat:Creator\N{RIGHT SINGLE QUOTATION MARK}s first-loss stake": money(pool.first_loss),
        "stat:Providers": str(len(holders)),
    }


def _history(path: list[Point], until: int) -> Shown:
    """Yields, and the newest values of the charts: those of the pool's last event."""
    last = path[-1]
    price = down(share(last) * SHARE_ONE)
    found: Shown = {
        "chart:Share price": f"Share price by hour, now {number(price, 9, 6)} USDC",
        "chart:Size": f"Pool size by hour, now {money(last.size)}, and required reserve, "
        f"now {money(last.booked.required_reserve)}",
    }
    for days in (1, 7, 30):
        found[f"stat:Net APY/{days}/name"] = f"Net APY, realised over {days} d"
        found[f"stat:Net APY/{days}"] = shown_yield(path, days, until)
    return found


def _flows(path: list[Point], now: int) -> Shown:
    """Sums of each day's moves, and the size after its last event."""
    found: Shown = {}
    first = path[0].time // DAY
    size = 0
    for day in range(first, now // DAY + 1):
        moved = [point.moves for point in path if point.time // DAY == day]
        size = next((point.size for point in reversed(path) if point.time // DAY == day), size)
        row = f"table:Inflows and losses by day/{day * DAY}"
        sums = {
            "in": sum(each.deposited for each in moved),
            "vested": sum(each.vested for each in moved),
            "fee": sum(each.performance_fee for each in moved),
            "claims": sum(each.claimed for each in moved),
            "out": sum(each.withdrawn for each in moved),
        }
        found[f"{row}/day"] = when(day * DAY)
        found |= {f"{row}/{key}": money(atoms) if atoms else missing("nothing") for key, atoms in sums.items()}
        found[f"{row}/size"] = money(size)
    return found


def _terms(ledger: Ledger, market: PerpMarket) -> Shown:
    pool = ledger.one(InsurancePool, market_id=market.market_id)
    threshold = ledger.one(MarketConfig, market_id=market.market_id).insolvency_threshold
    length = ledger.risk.epoch_seconds
    stop = f"for {P.PAUSE_SECONDS // 3_600} hours; not again for {P.PAUSE_COOLDOWN // DAY} days."
    stops = (f"Stops new registrations of markets {stop}", f"Stops deposits into all pools {stop}")
    fees = {
        "deposit": 0,
        "performance": pool.performance_fee_bps,
        "early_withdrawal_most": P.EARLY_FEE_BASE_BPS + P.EARLY_FEE_SLOPE_BPS,
        "withdrawal": 0,
        "claim": P.CLAIM_FEE_BPS,
        "bounty": P.BOUNTY_BPS,
    }
    return {
        "line:Lock": f"{duration(pool.lock_epochs * length)}; leaving earlier costs the early fee below",
        "line:Notice": f"{duration(pool.notice_epochs * length)} from the request to the payment, also after the lock; "
        "the capital stays at risk until then",
        "line:Utilisation cap": "withdrawals wait while they would lift utilisation above "
        f"{percent(P.UTIL_CAP_BPS)}, at most {duration(P.FORCE_AFTER * length)} after the notice",
        "line:Smallest first deposit": money(P.MIN_DEPOSIT),
        "line:Claims": f"a deficit above {money(threshold)} is paid whole; "
        f"premiums vest over {duration(P.VEST_EPOCHS * length)}",
        "line:fee/early_withdrawal_most": "of a withdrawal requested right after the deposit, falling to "
        f"{told.bps(P.EARLY_FEE_BASE_BPS)} just before the lock ends; to the providers who stay",
        **{f"line:fee/{name}/name": percent(bps) for name, bps in fees.items()},
        **{f"table:Powers and their limits/guardian {can}/can": can for can in stops},
    }


@pytest.mark.parametrize("name", ["BTC-PERP", "BTC-20X"])
def test_pool(frozen: Frozen, screen: Screen, name: str) -> None:
    ledger = frozen.ledger
    market = ledger.markets[name]
    path = pool_path(frozen.history, ledger, market.market_id)
    pool = pool_now(ledger, market.market_id)
    screen.go(f"/markets/{market.market_id}/pool")
    compare(
        screen,
        {
            **_head(ledger, name, market),
            **_history(path, frozen.history.transactions[-1].time),
            **_flows(path, ledger.now),
            **shown_scenarios(ledger, market),
            **_terms(ledger, market),
        },
    )
    waits = pool.unsettled > 0 or not is_fresh(pool, ledger.epoch) or withdrawable(pool) == 0
    assert screen.page.get_by_text("Withdrawals wait at present").is_visible() == waits
