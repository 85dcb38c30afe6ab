"""The demo market's row as the verifier's ledger, so that its pure rules compute what events don't tell."""

from collections.abc import Iterator
from contextlib import contextmanager

from solders.pubkey import Pubkey

from offchain.chain.generated.demo_market.accounts import PerpMarket, PerpPosition, TraderAccount
from offchain.indexer.projections.state import State, put, take
from offchain.verify.replay.market.state import Market, Position, Trader
from offchain.verify.replay.market.time import accrue

SAME = (
    "synced genesis epoch_seconds price lag_price provisional cum_funding oi_long oi_short entry_notional margins "
    "house fund claimable fees_due unvested_units profit_index profit_generation deficit_counter margin_counter "
    "fund_counter bad_debt open_positions"
)
"""Fields with one name in both."""
TRADER = "units vest_end vest_epoch claimable generation"


@contextmanager
def ledger(state: State, market_id: Pubkey, now: int | None = None) -> Iterator[Market]:
    """A market's ledger, to apply rules and what an event tells; the row gets it when the block ends.

    With `now` time passes first, as the program lets it.
    """
    row = state.edit(PerpMarket, market_id)
    market = _read(row)
    if now is not None:
        accrue(market, now, state.parameters)
    yield market
    _write(row, market)


def trader_of(row: TraderAccount) -> Trader:
    """A trader's row as the rules know it."""
    return Trader(**{name: getattr(row, name) for name in TRADER.split()})


def write_trader(row: TraderAccount, trader: Trader) -> None:
    """And back."""
    take(row, trader, TRADER)


def position_of(row: PerpPosition) -> Position:
    """A position's row as the rules know it."""
    return Position(row.is_long, row.size, row.notional, row.margin, row.leverage, row.entry_funding)


def _read(row: PerpMarket) -> Market:
    market = Market(row.depth, row.trading_fee_bps, row.maintenance_bps, row.liquidation_fee_bps)
    take(market, row, SAME)
    market.time, market.epoch, market.entry_weight = row.acc_time, row.acc_epoch, row.entry_notional_leverage
    market.integrals = (row.acc_long, row.acc_short, row.acc_notional, row.acc_notional_leverage)
    market.means = (row.mean_epoch, row.mean_long, row.mean_short, row.mean_leverage)
    return market


def _write(row: PerpMarket, market: Market) -> None:
    take(row, market, SAME)
    put(row, acc_time=market.time, acc_epoch=market.epoch, entry_notional_leverage=market.entry_weight)
    row.acc_long, row.acc_short, row.acc_notional, row.acc_notional_leverage = market.integrals
    row.mean_epoch, row.mean_long, row.mean_short, row.mean_leverage = market.means
