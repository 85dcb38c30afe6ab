"""Where prices come from and when they go on chain: `[prices]` of seahorse.toml, `PERCOSEC_PRICES_*` and flags."""

from dataclasses import dataclass, field
from typing import Final, Literal

SourceName = Literal["recording", "pyth", "binance"]
"""Where a price is captured from."""
RECORDING: Final = "recording"
PYTH: Final = "pyth"
BINANCE: Final = "binance"
SOURCES: tuple[SourceName, ...] = (RECORDING, PYTH, BINANCE)
RECORDED = "recorded"
CLOCKS = ("auto", "system", "chain", RECORDED)
_LOCAL = (RECORDING,)
_PUBLIC = (PYTH, BINANCE)


def source_named(text: str) -> SourceName:
    """The source of this name; ValueError where there is none."""
    return SOURCES[SOURCES.index(text)]


@dataclass(frozen=True)
class PairSettings:
    """What each source calls a pair; empty where it does not have it."""

    pyth: str = ""
    """Id of Pyth's price feed, 64 hexadecimal digits; also the feed id on chain of markets with source `pyth`."""
    switchboard: str = ""
    """Address of Switchboard's pull feed, base58; only for feeds on chain."""
    binance: str = ""
    """Symbol, such as BTCUSDT."""
    recording: str = ""
    """Candle file: the name of one in offchain/data, or a path."""


@dataclass(frozen=True)
class PriceSettings:
    """Capture of prices, and the bot that writes them on chain."""

    sources: tuple[str, ...] = ()
    """Names of the sources, the preferred one first; empty: the recording on localnet, pyth and binance elsewhere."""
    pyth_url: str = "https://pyth.dourolabs.app/hermes"
    """A Hermes server. One that asks for a key gets PYTH_API_KEY of the environment."""
    binance_url: str = "https://api.binance.com"
    """A server of Binance's spot API."""
    capture_ms: int = 1_000
    """Between two captures, milliseconds."""
    timeout_ms: int = 900
    """How long one source may take to answer, milliseconds."""
    max_age: int = 30
    """Oldest quote taken, seconds."""
    max_ahead: int = 2
    """How far in the future a quote may claim to be, seconds."""
    wild_bps: int = 2_500
    """A step beyond this from the last good price is wild: refused until another source agrees or it has lasted."""
    wild_window: int = 300
    """How long the last good price is a measure for the next, seconds."""
    agree_bps: int = 200
    """Within this of each other two prices agree."""
    confirm_seconds: int = 60
    """How long a wild price must have lasted to be believed, seconds."""
    conf_bps: int = 1_000
    """Widest confidence taken, of the price."""
    fail_after: int = 3
    """A source is failing after so many bad answers in a row ..."""
    heal_after: int = 3
    """... and healthy again after so many good ones."""
    keep_hours: int = 168
    """How long raw quotes are kept, hours; candles stay."""
    speed: int = 60
    """Recorded seconds that a recording plays in one second."""
    start: int = 0
    """Recorded unix time at which a recording starts; 0: its beginning."""
    clock: str = "auto"
    """Whose time counts: `system`, `chain` (for chains whose clock is driven), `recorded` (the chain's, and that is the
    recording's own time: `start` and `speed` don't count), or `auto`: chain on localnet only."""
    push_seconds: int = 55
    """A feed is written when its price is this old, seconds: a minute old it would be too old to trade on."""
    push_bps: int = 10
    """... or when the price has moved by this much."""
    pairs: dict[str, PairSettings] = field(default_factory=dict)
    """Pair, such as `BTC/USD` -> what the sources call it."""

    def __post_init__(self) -> None:
        """ValueError names a value out of bounds."""
        for name in _POSITIVE:
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be above 0, not {getattr(self, name)}")
        for name in ("max_ahead", "start"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} can't be negative: {getattr(self, name)}")
        unknown = [name for name in self.sources if name not in SOURCES]
        if unknown:
            raise ValueError(f"sources names {unknown[0]!r}: choose from {', '.join(SOURCES)}")
        if len(set(self.sources)) != len(self.sources):
            raise ValueError("sources names a source twice")
        if self.clock not in CLOCKS:
            raise ValueError(f"clock is {self.clock!r}: choose one of {', '.join(CLOCKS)}")
        if self.timeout_ms > self.capture_ms:
            raise ValueError(f"timeout_ms ({self.timeout_ms}) can't be longer than capture_ms ({self.capture_ms})")

    def sources_on(self, cluster: str) -> tuple[str, ...]:
        """The sources in force on a cluster, the preferred one first."""
        return self.sources or (_LOCAL if cluster == "localnet" else _PUBLIC)

    def uses_chain_clock(self, cluster: str) -> bool:
        """Whether the chain's clock counts instead of this machine's."""
        return self.clock in ("chain", RECORDED) or (self.clock == "auto" and cluster == "localnet")


_POSITIVE = (
    *("capture_ms", "timeout_ms", "max_age", "wild_bps", "wild_window", "agree_bps", "confirm_seconds", "conf_bps"),
    *("fail_after", "heal_after", "keep_hours", "speed", "push_seconds", "push_bps"),
)
