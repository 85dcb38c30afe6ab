"""The running market of a local chain: the `[stage]` table of seahorse.toml, `PERCOSEC_STAGE_*` and flags."""

from dataclasses import dataclass

DAY = 86_400
EPOCH = 900


@dataclass(frozen=True)
class StageSettings:
    """How fast recorded time passes on a local chain, and from where."""

    speed: int = 60
    """Market seconds in a real second, on average: at 60 a quarter of an hour takes 15 s. At 0 time stands still until
    somebody moves the chain's clock."""
    start: int = 1_583_884_800
    """Recorded unix time at which a new chain begins, a whole quarter of an hour; 11 March 2020."""
    slow_from: int = 1_584_005_400
    """Chain time from which `speed` holds; before it time runs as fast as the keepers follow. 12 March 2020, 09:30,
    an hour before the crash."""
    patience: int = 20
    """How long the clock waits at the end of an epoch for what is due (price, score, liquidations), real seconds."""

    def __post_init__(self) -> None:
        """ValueError names a value out of bounds."""
        if not 0 <= self.speed <= 100_000:
            raise ValueError(f"speed must be 0 .. 100 000 market seconds a second, not {self.speed}")
        if self.start < DAY or self.start % EPOCH:
            raise ValueError(f"start must be a quarter of an hour in unix seconds, not {self.start}")
        if self.slow_from < 0:
            raise ValueError(f"slow_from can't be negative: {self.slow_from}")
        if self.patience < 1:
            raise ValueError(f"patience must be a second or more, not {self.patience}")
