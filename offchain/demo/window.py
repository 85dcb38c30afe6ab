"""Which part of a candle file is played."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from offchain.demo.candles import HOUR, Candle, CandleError, CandleSeries
from offchain.demo.ticks import ticks_of

DAY = 86_400
DAYS_BEFORE = 2
DAYS_AFTER = 8


@dataclass(frozen=True)
class Window:
    """Recorded time from `start` up to, but without, `end`, in unix seconds."""

    start: int
    end: int


def deepest_fall_start(series: CandleSeries) -> int:
    """Where the deepest fall within 24 hours begins.

    The fall of a candle is measured from its open to the lowest low of the candles that start in the 24 hours from its
    own start; the earliest of equal falls counts. Returns unix seconds.
    """
    candles = series.candles
    best = candles[0]
    best_low = best.low
    falling: list[int] = []  # indices of candidates for the lowest low ahead, lowest last
    for index in range(len(candles) - 1, -1, -1):
        candle = candles[index]
        while falling and candles[falling[-1]].low >= candle.low:
            falling.pop()
        falling.append(index)
        low = _lowest_within_a_day(candles, falling, candle.time)
        # low / open <= best_low / best.open, in integers; going backwards, the earlier of equals wins.
        if low * best.open <= best_low * candle.open:
            best, best_low = candle, low
    return best.time


def _lowest_within_a_day(candles: tuple[Candle, ...], falling: list[int], start: int) -> int:
    # `falling` holds falling times from left to right and rising lows from right to left:
    # the leftmost index that is still within the day has the lowest low.
    place = bisect_left(falling, -(start + DAY - 1), key=lambda index: -candles[index].time)
    return candles[falling[place]].low


def default_window(series: CandleSeries) -> Window:
    """Whole UTC days: two before the day in which the deepest 24-hour fall begins, eight from its start."""
    day = deepest_fall_start(series) // DAY * DAY
    return Window(day - DAYS_BEFORE * DAY, day + DAYS_AFTER * DAY)


def steepest_window(series: CandleSeries) -> Window:
    """Whole hours: two before the hour of the steepest fall from one price to the next, two from its start.

    For chains on which time can't be driven.
    """
    steepest, low, high = series.candles[0].time, 1, 1
    for earlier, later in pairwise(ticks_of(series)):
        if later.price * high < low * earlier.price:
            steepest, low, high = later.time, later.price, earlier.price
    hour = steepest // HOUR * HOUR
    return Window(hour - 2 * HOUR, hour + 2 * HOUR)


def whole_window(series: CandleSeries) -> Window:
    """Everything the file holds."""
    return Window(series.candles[0].time, series.candles[-1].time + series.interval)


def read_time(text: str) -> int:
    """Unix seconds of a UTC date or time in ISO format such as 2020-03-10 or 2020-03-10T12:00."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CandleError(f"{text!r} is no date: write it like 2020-03-10 or 2020-03-10T12:00 (UTC)") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if not 1971 <= moment.year <= 2200:
        raise CandleError(f"{text!r} lies outside of the years 1971 to 2200: give a date within the candle file")
    return int(moment.timestamp())


def choose_window(series: CandleSeries, begin: str | None, end: str | None, everything: bool) -> Window:
    """The window asked for: a given one, everything, or by default the days around the deepest fall."""
    if everything and (begin or end):
        raise CandleError("--all plays the whole file: leave out --from and --to")
    if everything:
        return whole_window(series)
    if not begin and not end:
        return default_window(series)
    whole = whole_window(series)
    window = Window(read_time(begin) if begin else whole.start, read_time(end) if end else whole.end)
    if window.start >= window.end:
        raise CandleError("--from must lie before --to")
    return window


def cut(series: CandleSeries, window: Window) -> CandleSeries:
    """The candles that start within the window; at least two of them."""
    kept = tuple(candle for candle in series.candles if window.start <= candle.time < window.end)
    if len(kept) < 2:
        whole = whole_window(series)
        raise CandleError(
            f"{series.source} has {len(kept)} candles from {_date(window.start)} to {_date(window.end)}: "
            f"choose a part of {_date(whole.start)} to {_date(whole.end)}"
        )
    return CandleSeries(series.source, series.interval, kept)


def _date(time: int) -> str:
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%d %H:%M")
