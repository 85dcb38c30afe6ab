"""What the replay remembers of a market, a position and a trader."""

from dataclasses import dataclass

from solders.pubkey import Pubkey

INDEX_ONE = 10**9


@dataclass(slots=True)
class Market:
    """Ledgers in atoms, base sizes 1e-6, prices 1e-6 USD, cumulative funding 1e9 = 100 %."""

    depth: int
    trading_fee_bps: int
    maintenance_bps: int
    liquidation_fee_bps: int
    vault: Pubkey | None = None
    fee_vault: Pubkey | None = None
    threshold: int = 0
    synced: bool = False
    genesis: int = 0
    epoch_seconds: int = 0
    price: int = 0
    lag_price: int = 0
    provisional: bool = False
    time: int = 0
    epoch: int = 0
    cum_funding: int = 0
    oi_long: int = 0
    oi_short: int = 0
    entry_notional: int = 0
    entry_weight: int = 0
    """Sum of notional times leverage."""
    integrals: tuple[int, int, int, int] = (0, 0, 0, 0)
    """Long and short value, entry notional and weight, each times seconds, in the current epoch."""
    means: tuple[int, int, int, int] = (0, 0, 0, 0)
    """Epoch, long, short and leverage of the last whole epoch."""
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

    def epoch_at(self, now: int) -> int:
        """The epoch of a unix time; 0 before the first sync."""
        return (now - self.genesis) // self.epoch_seconds if self.epoch_seconds else 0

    @property
    def unvested(self) -> int:
        """Value of all profit that has not vested."""
        return self.unvested_units * self.profit_index // INDEX_ONE

    @property
    def ledger(self) -> int:
        """What the vault has to hold."""
        return self.margins + self.house + self.fund + self.claimable + self.unvested


@dataclass(slots=True)
class Position:
    """An open position."""

    is_long: bool
    size: int
    notional: int
    margin: int
    leverage: int
    entry_funding: int

    @property
    def side(self) -> int:
        """1 for a long, -1 for a short."""
        return 1 if self.is_long else -1


@dataclass(slots=True)
class Trader:
    """A trader's realised profit."""

    units: int = 0
    vest_end: int = 0
    vest_epoch: int = 0
    claimable: int = 0
    generation: int = 0
