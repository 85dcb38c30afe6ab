"""The calm market's prices."""

from offchain.data import QUARTER_2023
from offchain.demo.calm import calm_epochs
from offchain.demo.candles import read_candles
from offchain.demo.ticks import epochs_of, ticks_of

START = 1_583_798_400


def test_the_quarter_is_moved_to_the_time_that_is_played() -> None:
    recorded = epochs_of(ticks_of(read_candles(QUARTER_2023)))
    moved = calm_epochs(START, 960)
    assert (moved[0].number, moved[0].start, moved[-1].number) == (0, START, 959)
    assert [tick.price for tick in moved[5].ticks] == [tick.price for tick in recorded[5].ticks]
    assert [tick.time - START for tick in moved[1].ticks] == [900, 1_125, 1_350, 1_575]


def test_a_longer_window_runs_backwards_without_a_jump() -> None:
    length = 8_640
    moved = calm_epochs(START, 2 * length + 10)
    by_number = {epoch.number: epoch for epoch in moved}
    before, after = by_number[length - 1], by_number[length]
    assert before.ticks[-1].price == after.ticks[0].price
    assert by_number[2 * length - 1].ticks[-1].price == by_number[0].ticks[0].price
    assert by_number[2 * length].ticks[0].price == by_number[0].ticks[0].price
    assert [epoch.number for epoch in moved] == sorted(by_number)
    assert all(epoch.start == START + 900 * epoch.number == epoch.ticks[0].time for epoch in moved)
