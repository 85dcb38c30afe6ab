"""Reads candle files and refuses, with its line number, every row that can't be true."""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from offchain.errors import PercosecError

COLUMNS = ("unix_time", "open", "high", "low", "close", "volume_btc")
HOUR = 3_600
QUARTER = 900
INTERVALS = (QUARTER, HOUR)

MICRO = 1_000_000
"""Prices are integers of 1e-6 USD."""

MAX_PRICE = 10**15
"""Largest price the programs take, USD 1e-6."""

MAX_TIME = 1 << 40
"""Beyond every date a candle can have; keeps later arithmetic in range."""

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?", re.ASCII)
INTEGER = re.compile(r"[0-9]{1,15}", re.ASCII)


class CandleError(PercosecError):
    """A candle file can't be read, or one of its rows is refused."""


@dataclass(frozen=True)
class Candle:
    """One candle: start in unix seconds, prices in 1e-6 USD."""

    time: int
    open: int
    high: int
    low: int
    close: int


@dataclass(frozen=True)
class CandleSeries:
    """Candles of one interval in rising order of time; gaps are allowed."""

    source: str
    interval: int
    """Seconds from the start of a candle to the start of the next: 3 600 or 900."""
    candles: tuple[Candle, ...]


def read_candles(path: Path) -> CandleSeries:
    """Read a CSV file with the columns `unix_time,open,high,low,close,volume_btc`.

    Raises CandleError naming the file and the line (the header is line 1) when a row is empty, not numeric, not
    positive, unsorted or contradicts itself (high below low, open or close outside of them), or off its interval.
    """
    lines = _lines(path)
    if not lines or tuple(part.strip() for part in lines[0].split(",")) != COLUMNS:
        raise CandleError(f"{path} line 1: the header must be {','.join(COLUMNS)}")
    candles: list[Candle] = []
    for number, line in enumerate(lines[1:], start=2):
        where = f"{path} line {number}"
        candle = _candle(line, where)
        if candles and candle.time <= candles[-1].time:
            raise CandleError(f"{where}: unix_time {candle.time} is not after the row before it: sort the rows by time")
        candles.append(candle)
    return CandleSeries(str(path), _interval(candles, path), tuple(candles))


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CandleError(f"{path} is no text file in UTF-8: give a CSV file of candles") from error
    except OSError as error:
        raise CandleError(f"{path} can't be read ({error.strerror}): give the path of a CSV file of candles") from error
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def _candle(line: str, where: str) -> Candle:
    if not line.strip():
        raise CandleError(f"{where}: the row is empty: remove it")
    cells = [cell.strip() for cell in line.split(",")]
    if len(cells) != len(COLUMNS):
        raise CandleError(f"{where}: {len(cells)} columns instead of {len(COLUMNS)}")
    if not INTEGER.fullmatch(cells[0]) or not 0 < int(cells[0]) < MAX_TIME:
        raise CandleError(f"{where}: unix_time must be a positive whole number of seconds, not {cells[0][:40]!r}")
    open_, high, low, close = (_price(name, cell, where) for name, cell in zip(COLUMNS[1:5], cells[1:5], strict=True))
    # Some exchanges write candles without a trade with volume 0: that is true, a negative volume is not.
    if _number("volume_btc", cells[5], where) < 0:
        raise CandleError(f"{where}: volume_btc must not be negative: {cells[5][:40]}")
    if high < low:
        raise CandleError(f"{where}: high {cells[2]} is below low {cells[3]}")
    if not low <= open_ <= high or not low <= close <= high:
        raise CandleError(f"{where}: open and close must lie between low {cells[3]} and high {cells[2]}")
    return Candle(int(cells[0]), open_, high, low, close)


def _number(name: str, cell: str, where: str) -> Decimal:
    if not cell:
        raise CandleError(f"{where}: {name} is empty")
    if not NUMBER.fullmatch(cell):
        raise CandleError(f"{where}: {name} must be a number, not {cell[:40]!r}")
    return Decimal(cell)


def _price(name: str, cell: str, where: str) -> int:
    value = _number(name, cell, where)
    if value <= 0:
        raise CandleError(f"{where}: {name} must be positive, not {cell[:40]}")
    price = int(value * MICRO)
    if not 0 < price <= MAX_PRICE:
        raise CandleError(f"{where}: {name} {cell[:40]} lies outside of 0.000001 .. {MAX_PRICE // MICRO} USD")
    return price


def _interval(candles: list[Candle], path: Path) -> int:
    if len(candles) < 2:
        raise CandleError(f"{path} holds {len(candles)} candles: at least two are needed")
    interval = min(later.time - earlier.time for earlier, later in pairwise(candles))
    if interval not in INTERVALS:
        raise CandleError(f"{path} has candles {interval} s apart: only hourly and 15-minute candles can be played")
    for number, candle in enumerate(candles, start=2):
        if candle.time % interval:
            raise CandleError(f"{path} line {number}: unix_time {candle.time} is not a whole multiple of {interval} s")
    return interval
