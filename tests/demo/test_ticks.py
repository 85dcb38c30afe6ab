"""The one rule that turns candles into prices."""

from fractions import Fraction

from offchain.demo.candles import Candle, CandleSeries
from offchain.demo.ticks import Tick, deepen, epochs_of, prices_of, ticks_of

FALLING = Candle(7_200, 100, 110, 80, 90)
RISING = Candle(7_200, 90, 110, 80, 100)
FLAT = Candle(7_200, 90, 110, 80, 90)


def test_a_falling_candle_runs_open_high_low_close() -> None:
    assert prices_of(FALLING) == (100, 110, 80, 90)


def test_a_rising_or_flat_candle_runs_open_low_high_close() -> None:
    assert prices_of(RISING) == (90, 80, 110, 100)
    assert prices_of(FLAT) == (90, 80, 110, 90)


def test_an_hourly_candle_gives_four_epochs_of_one_price() -> None:
    epochs = epochs_of(ticks_of(CandleSeries("x", 3_600, (FALLING,))))
    assert [(epoch.number, epoch.start) for epoch in epochs] == [(0, 7_200), (1, 8_100), (2, 9_000), (3, 9_900)]
    assert [epoch.ticks for epoch in epochs] == [
        (Tick(7_200, 100),),
        (Tick(8_100, 110),),
        (Tick(9_000, 80),),
        (Tick(9_900, 90),),
    ]


def test_a_quarter_hour_candle_gives_one_epoch_of_four_prices() -> None:
    epochs = epochs_of(ticks_of(CandleSeries("x", 900, (RISING,))))
    assert len(epochs) == 1
    assert epochs[0].ticks == (Tick(7_200, 90), Tick(7_425, 80), Tick(7_650, 110), Tick(7_875, 100))


def test_a_gap_is_missed_epochs() -> None:
    later = Candle(7_200 + 2 * 3_600, 90, 95, 85, 91)
    epochs = epochs_of(ticks_of(CandleSeries("x", 3_600, (FALLING, later))))
    assert [epoch.number for epoch in epochs] == [0, 1, 2, 3, 8, 9, 10, 11]


def test_deepen_doubles_falls_only_and_stays_positive() -> None:
    ticks = [Tick(0, 1_000), Tick(1, 1_100), Tick(2, 900), Tick(3, 400), Tick(4, 999)]
    doubled = deepen(ticks, Fraction(2))
    assert [tick.price for tick in doubled] == [1_000, 1_100, 800, 50, 998]
    assert deepen(ticks, Fraction(1)) == ticks
    assert deepen([], Fraction(2)) == []
