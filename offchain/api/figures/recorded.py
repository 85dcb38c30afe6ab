"""The worst moves of the recorded spring of 2020, as basis points of the price before them."""

from dataclasses import dataclass
from functools import cache

from offchain.chain.units import BPS
from offchain.demo.candles import Candle, read_candles
from offchain.settings.paths import ROOT

RECORDING = ROOT / "offchain" / "data" / "btc_usd_1h_2020-01-17_2020-04-09.csv"
HOUR, DAY = 1, 24
"""Candles."""


@dataclass(frozen=True, slots=True)
class Move:
    """A fall from the highest price of a window to a later lowest one."""

    name: str
    title: str
    bps: int
    """Negative, toward zero."""
    start: int
    """Unix seconds of the window's first candle."""


@cache
def worst_falls() -> tuple[Move, ...]:
    """The largest fall within an hour, and within a day."""
    candles = read_candles(RECORDING).candles
    return (
        _worst(candles, HOUR, "crash_hour", "the worst hour of March 2020, as one gap"),
        _worst(candles, DAY, "crash_day", "the worst 24 hours of March 2020, as one gap"),
    )


def _worst(candles: tuple[Candle, ...], length: int, name: str, title: str) -> Move:
    worst, start = 0, 0
    for first in range(len(candles) - length + 1):
        opening = candles[first].open
        lowest = min(candle.low for candle in candles[first : first + length])
        move = -((opening - lowest) * BPS // opening)
        if move < worst:
            worst, start = move, candles[first].time
    return Move(name, title, worst, start)
