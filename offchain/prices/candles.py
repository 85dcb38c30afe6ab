"""Candles: intervals, how a price enters one, and how gaps are filled. Integers of 1e-6 USD."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from offchain.prices.errors import PriceError

Interval = Literal["1m", "5m", "15m", "1h", "1d"]
INTERVALS: dict[str, int] = {"1m": 60, "5m": 300, "15m": 900, "1h": 3_600, "1d": 86_400}
"""Name -> seconds. Candles start at multiples of their interval since 1970, days at midnight UTC."""


@dataclass(frozen=True, slots=True)
class Candle:
    """One candle as it is shown."""

    start: int
    """Unix seconds."""
    open: int
    high: int
    low: int
    close: int
    quotes: int
    """How many prices it is made of: 0 when it is filled."""
    filled: bool = False
    """No price fell into it: all four are the close before it."""


def seconds_of(interval: str) -> int:
    """The length of a named interval; PriceError for others."""
    if interval not in INTERVALS:
        raise PriceError(f"there are no candles of {interval!r}: choose one of {', '.join(INTERVALS)}")
    return INTERVALS[interval]


def start_of(time: int, seconds: int) -> int:
    """The start of the candle that a unix time falls into."""
    return time - time % seconds


def fill(candles: Sequence[Candle], before: int | None, first: int, end: int, seconds: int) -> list[Candle]:
    """Every candle that starts in `first` .. `end` (end left out), gaps filled with the close before them.

    `before` is the last close before `first`; without one, and without a candle, there is nothing to fill with.
    """
    known = {candle.start: candle for candle in candles}
    whole: list[Candle] = []
    close = before
    for start in range(start_of(first + seconds - 1, seconds), end, seconds):
        found = known.get(start)
        if found is not None:
            close = found.close
            whole.append(found)
        elif close is not None:
            whole.append(Candle(start, close, close, close, close, 0, filled=True))
    return whole
