"""What a keeper may do and spend: the `[keeper]` table of seahorse.toml, `PERCOSEC_KEEPER_*` and flags."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KeeperSettings:
    """One keeper process. Everything has a default, so that a funded key and an RPC URL are enough."""

    cycle_ms: int = 1_000
    """Pause between two looks at the clock and at prices, milliseconds; what changes is looked at at once."""
    max_lamports_cycle: int = 300_000_000
    """Most lamports (fees and rent) within one `cycle_ms`; beyond it the keeper halts until it is resumed."""
    max_lamports_hour: int = 1_000_000_000
    """Most lamports (fees and rent) in any hour; beyond it the keeper halts until it is resumed."""
    priority_percentile: int = 75
    """Which percentile of recent priority fees is offered, 0 .. 100."""
    max_priority: int = 1_000_000
    """Highest priority fee, micro-lamports per compute unit."""
    skip_unprofitable: bool = False
    """Leave out duties that cost more than they bring; never liquidations."""
    sol_price: int = 150_000_000
    """Micro-USD per SOL, to weigh costs against income."""
    reserve_lamports: int = 10_000_000
    """Lamports kept for liquidations, payouts and resolutions; below them routine duties rest."""
    dry_run: bool = False
    """Simulate everything and send nothing."""
    sync_bps: int = 100
    """How far a price may run away from a market with open positions before it is synchronised, basis points."""
    urgent_workers: int = 16
    """Liquidations, payouts and resolutions under way at once."""
    routine_workers: int = 4
    """Everything else under way at once."""
    reload_seconds: int = 60
    """Pause between two full readings of the chain, for what subscriptions have missed."""
    duties: tuple[str, ...] = ()
    """Names of the duties to do; all when empty."""

    def __post_init__(self) -> None:
        """ValueError names a value out of bounds."""
        for name in (
            "cycle_ms",
            "max_lamports_cycle",
            "max_lamports_hour",
            "sol_price",
            "urgent_workers",
            "routine_workers",
            "reload_seconds",
        ):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be above 0, not {getattr(self, name)}")
        for name in ("max_priority", "reserve_lamports", "sync_bps"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} can't be negative: {getattr(self, name)}")
        if not 0 <= self.priority_percentile <= 100:
            raise ValueError(f"priority_percentile must be 0 .. 100, not {self.priority_percentile}")
