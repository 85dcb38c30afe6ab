"""State of the market, a position and a trader's account."""

from dataclasses import dataclass

from tests.model import parameters as P

INDEX_ONE = 10**9


@dataclass(frozen=True)
class Segment:
    """A stretch of time in the current epoch in which nothing changed: marked values and weights, atoms."""

    seconds: int
    long: int
    short: int
    notional: int
    notional_leverage: int


@dataclass(frozen=True)
class Means:
    """Statistics of a whole epoch."""

    epoch: int = 0
    long: int = 0
    short: int = 0
    leverage: int = 0


@dataclass(frozen=True)
class Market:
    """Ledgers in atoms, base sizes 1e-6, cumulative funding 1e9 = 100 %; time counts from the first sync."""

    depth: int
    trading_fee_bps: int = 10
    maintenance_bps: int = 250
    liquidation_fee_bps: int = 50
    genesis: int = 0
    epoch_seconds: int = P.EPOCH_SECONDS
    synced: bool = False
    price: int = 0
    lag_price: int = 0
    provisional: bool = False
    reasons: int = 0
    leverage_cap: int = 0
    oi_cap: int = 0
    oi_long: int = 0
    oi_short: int = 0
    entry_notional: int = 0
    entry_notional_leverage: int = 0
    cum_funding: int = 0
    time: int = 0
    epoch: int = 0
    segments: tuple[Segment, ...] = ()
    means: Means = Means()
    margins: int = 0
    house: int = 0
    fund: int = 0
    claimable: int = 0
    fees_due: int = 0
    unvested_units: int = 0
    profit_index: int = INDEX_ONE
    profit_generation: int = 0
    deficit_counter: int = 0
    margin_counter: int = 0
    fund_counter: int = 0
    bad_debt: int = 0
    open_positions: int = 0


@dataclass(frozen=True)
class Position:
    """An open position; `leverage` is that of its last change."""

    is_long: bool
    size: int
    entry_price: int
    notional: int
    margin: int
    initial_margin: int
    leverage: int
    entry_funding: int


@dataclass(frozen=True)
class Trader:
    """A trader's realised profit: units that vest, and what has vested."""

    units: int = 0
    vest_end: int = 0
    vest_epoch: int = 0
    claimable: int = 0
    generation: int = 0
