"""The calm market's prices: the bundled quarter of 2023 from its first day, moved to the time that is played."""

from itertools import chain

from offchain.data import QUARTER_2023
from offchain.demo.candles import read_candles
from offchain.demo.ticks import EPOCH_SECONDS, EpochTicks, Tick, epochs_of, ticks_of


def calm_epochs(start: int, epochs: int) -> list[EpochTicks]:
    """`epochs` epochs of calm prices whose first one begins at unix time `start`.

    A window longer than the quarter runs it backwards and forwards in turn, so that no price jumps.
    """
    quarter = epochs_of(ticks_of(read_candles(QUARTER_2023)))
    length = quarter[-1].number + 1
    turns = -(-epochs // length)
    numbered = chain.from_iterable(_turn(quarter, length, turn) for turn in range(turns))
    return [_moved(epoch, number, start) for number, epoch in numbered if number < epochs]


def _turn(quarter: list[EpochTicks], length: int, turn: int) -> list[tuple[int, EpochTicks]]:
    if turn % 2 == 0:
        return [(turn * length + epoch.number, epoch) for epoch in quarter]
    return [(turn * length + length - 1 - epoch.number, _backwards(epoch)) for epoch in reversed(quarter)]


def _backwards(epoch: EpochTicks) -> EpochTicks:
    times = [tick.time for tick in epoch.ticks]
    prices = [tick.price for tick in reversed(epoch.ticks)]
    return EpochTicks(epoch.number, epoch.start, tuple(map(Tick, times, prices)))


def _moved(epoch: EpochTicks, number: int, start: int) -> EpochTicks:
    begin = start + number * EPOCH_SECONDS
    ticks = tuple(Tick(begin + tick.time - epoch.start, tick.price) for tick in epoch.ticks)
    return EpochTicks(number, begin, ticks)
