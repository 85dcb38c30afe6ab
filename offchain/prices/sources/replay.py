"""A recording's prices on today's clock."""

from bisect import bisect_right
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from offchain.demo.candles import read_candles
from offchain.demo.ticks import Tick, ticks_of


@dataclass(frozen=True)
class Anchor:
    """At `at_ms` (unix milliseconds) the recording stood at its second `recorded`; from there it runs at `speed`."""

    recorded: int
    at_ms: int
    speed: int

    def position(self, now_ms: int) -> int:
        """Recorded unix second at `now_ms`, rounded down."""
        return self.recorded + (now_ms - self.at_ms) * self.speed // 1_000


@dataclass(frozen=True)
class Replay:
    """The ticks of a candle file (see `offchain.demo.ticks`); after the last one it starts over."""

    ticks: tuple[Tick, ...]
    length: int
    """Recorded seconds from the first tick to where it starts over."""
    anchor: Anchor

    def price_at(self, now_ms: int) -> int:
        """The price in force, 1e-6 USD: the last tick's."""
        first = self.ticks[0].time
        position = first + (self.anchor.position(now_ms) - first) % self.length
        return self.ticks[bisect_right(self.ticks, position, key=lambda tick: tick.time) - 1].price


@dataclass(frozen=True)
class Recording:
    """A candle file that was read."""

    ticks: tuple[Tick, ...]
    length: int
    digest: str
    """SHA-256 of the file, hexadecimal."""


def read_recording(path: Path) -> Recording:
    """Read a candle file; CandleError says what is wrong with it."""
    series = read_candles(path)
    ticks = tuple(ticks_of(series))
    length = ticks[-1].time - ticks[0].time + series.interval // 4
    return Recording(ticks, length, sha256(path.read_bytes()).hexdigest())


def as_recorded(recording: Recording) -> Replay:
    """The recording on a clock that shows its own time: nothing has to be remembered over a restart."""
    return Replay(recording.ticks, recording.length, Anchor(0, 0, 1))
