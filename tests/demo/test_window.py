"""Which part of a candle file is played."""

from datetime import UTC, datetime

import pytest

from offchain.data import MARCH_2020, QUARTER_2023
from offchain.demo.candles import Candle, CandleError, CandleSeries, read_candles
from offchain.demo.window import (
    Window,
    choose_window,
    cut,
    deepest_fall_start,
    default_window,
    steepest_window,
    whole_window,
)

HOUR = 3_600
DAY = 86_400


def at(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp())


def hours(*lows: int) -> CandleSeries:
    return CandleSeries("x", HOUR, tuple(Candle(HOUR * place, 100, 100, low, 100) for place, low in enumerate(lows)))


def test_the_default_is_10_to_20_march_2020() -> None:
    series = read_candles(MARCH_2020)
    window = default_window(series)
    assert window == Window(at(2020, 3, 10), at(2020, 3, 20))
    assert len(cut(series, window).candles) == 240


@pytest.mark.parametrize("path", [MARCH_2020, QUARTER_2023])
def test_the_deepest_fall_is_what_a_plain_search_finds(path: object) -> None:
    candles = read_candles(path).candles[:1_500]  # type: ignore[arg-type]
    interval = candles[1].time - candles[0].time

    def fall(index: int) -> float:
        ahead = candles[index : index + DAY // interval]
        return min(c.low for c in ahead if c.time < candles[index].time + DAY) / candles[index].open

    expected = candles[min(range(len(candles)), key=lambda index: (fall(index), index))].time
    assert deepest_fall_start(CandleSeries("x", interval, candles)) == expected


def test_a_fall_that_takes_longer_than_a_day_counts_only_within_one() -> None:
    series = hours(*([100] * 30 + [60] + [100] * 30))
    assert deepest_fall_start(series) == HOUR * 7


def test_the_steepest_hours_are_those_of_12_march_2020() -> None:
    series = read_candles(MARCH_2020)
    window = steepest_window(series)
    assert window == Window(at(2020, 3, 12) + 8 * HOUR, at(2020, 3, 12) + 12 * HOUR)
    assert len(cut(series, window).candles) == 4


def test_from_to_and_all() -> None:
    series = read_candles(MARCH_2020)
    assert choose_window(series, "2020-03-11", "2020-03-12T06:00", False) == Window(
        at(2020, 3, 11), at(2020, 3, 12) + 6 * HOUR
    )
    assert choose_window(series, "2020-03-11", None, False).end == whole_window(series).end
    assert choose_window(series, None, None, True) == whole_window(series)
    assert cut(series, whole_window(series)) == series


@pytest.mark.parametrize(
    ("begin", "end", "everything", "reason"),
    [
        ("2020-03-12", "2020-03-11", False, "--from must lie before --to"),
        ("2020-03-12", "2020-03-12", False, "--from must lie before --to"),
        ("2020-03-12", None, True, "leave out --from"),
        ("yesterday", None, False, "no date"),
        ("0001-01-01", None, False, "outside of the years"),
    ],
)
def test_refuses_a_window_that_makes_no_sense(begin: str, end: str | None, everything: bool, reason: str) -> None:
    with pytest.raises(CandleError, match=reason):
        choose_window(read_candles(MARCH_2020), begin, end, everything)


def test_refuses_a_window_without_candles() -> None:
    with pytest.raises(CandleError, match="has 0 candles from 2021-01-01"):
        cut(read_candles(MARCH_2020), Window(at(2021, 1, 1), at(2021, 1, 2)))
