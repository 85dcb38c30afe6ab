"""The one rule that turns candles into prices.

A falling candle (close below open) runs open, high, low, close; any other runs open, low, high, close. The four prices
stand at equal distances in the candle: an hourly candle gives four epochs of one price, a 15-minute candle one epoch of
four prices. A missing candle is a gap: its epochs are missed, no price is invented for them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from offchain.demo.candles import Candle, CandleSeries

EPOCH_SECONDS = 900
"""Length of an epoch of recorded time, seconds."""

FLOOR_PART = 20
"""A scaled price never falls below the first price divided by this."""


@dataclass(frozen=True)
class Tick:
    """A price of 1e-6 USD at a unix time."""

    time: int
    price: int


@dataclass(frozen=True)
class EpochTicks:
    """The ticks of one epoch of recorded time; `number` counts from the first epoch played."""

    number: int
    start: int
    ticks: tuple[Tick, ...]


def prices_of(candle: Candle) -> tuple[int, int, int, int]:
    """The four prices of a candle in the order in which they are played."""
    if candle.close < candle.open:
        return candle.open, candle.high, candle.low, candle.close
    return candle.open, candle.low, candle.high, candle.close


def ticks_of(series: CandleSeries) -> list[Tick]:
    """All prices of a series, in order of time."""
    step = series.interval // 4
    return [
        Tick(candle.time + step * place, price)
        for candle in series.candles
        for place, price in enumerate(prices_of(candle))
    ]


def epochs_of(ticks: Iterable[Tick]) -> list[EpochTicks]:
    """Ticks by epoch; missed epochs are absent, so that the numbers jump over them."""
    by_start: dict[int, list[Tick]] = {}
    for tick in ticks:
        by_start.setdefault(tick.time - tick.time % EPOCH_SECONDS, []).append(tick)
    first = min(by_start, default=0)
    return [
        EpochTicks((start - first) // EPOCH_SECONDS, start, tuple(held)) for start, held in sorted(by_start.items())
    ]


def deepen(ticks: list[Tick], scale: Fraction) -> list[Tick]:
    """Multiply by `scale` how far each price stands below the first one; prices above it stay.

    The result never falls below a twentieth of the first price: a price must stay positive.
    """
    if not ticks:
        return []
    first = ticks[0].price
    floor = max(1, first // FLOOR_PART)
    return [
        Tick(tick.time, tick.price if tick.price >= first else max(floor, first - int((first - tick.price) * scale)))
        for tick in ticks
    ]
