"""When prices are published: the price bot's rule, and recorded time on the chain's clock.

The bot publishes every tick. When the price has moved by more than 1 % since its last publication it publishes the
same price once more 60 s later, as a feed with a deviation threshold does: that confirms a step, and a liquidation,
which looks at the better of the newest price and one at least 20 s older, no longer depends on the price before it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge

from offchain.chain.epochs import NOMINAL_SECONDS, Schedule
from offchain.demo.ticks import EpochTicks

DEVIATION_BPS = 100
"""A move beyond this is published twice."""

CONFIRM_SECONDS = 60
"""Recorded seconds between the two."""

SHORTEST_EPOCH = 8
"""Four prices an epoch, each repeated a second later, need two seconds each."""

START_EPOCH = 96
"""Number on the chain of the first epoch played: the set-up takes place in the epoch before it."""


@dataclass(frozen=True, order=True)
class Publication:
    """A price to publish for a market at a recorded time."""

    time: int
    market: int
    """Index of the market."""
    price: int
    epoch: int
    """Epochs since the start of the recording."""
    first: bool
    """Whether it is the first of its epoch: then the epoch's duties are due."""
    repeats: bool = False
    """Whether it repeats the tick of `CONFIRM_SECONDS` before."""


def publications(market: int, epochs: Iterable[EpochTicks]) -> Iterator[Publication]:
    """What the bot publishes for one market, in order of time."""
    last: int | None = None
    for epoch in epochs:
        for place, tick in enumerate(epoch.ticks):
            yield Publication(tick.time, market, tick.price, epoch.number, place == 0)
            if last is not None and abs(tick.price - last) * 10_000 > last * DEVIATION_BPS:
                yield Publication(tick.time + CONFIRM_SECONDS, market, tick.price, epoch.number, False, repeats=True)
            last = tick.price


def merged(*markets: Iterable[EpochTicks]) -> Iterator[Publication]:
    """The publications of several markets, in order of time."""
    return merge(*(publications(index, epochs) for index, epochs in enumerate(markets)))


@dataclass(frozen=True)
class Timeline:
    """Recorded time and the chain's time, which runs faster where epochs are shortened."""

    start: int
    """Recorded time of the first epoch played, unix seconds."""
    schedule: Schedule

    def chain_time(self, publication: Publication) -> int:
        """When to publish it, in the chain's time: distances shrink with the epochs, to whole seconds.

        A repeated price keeps the distance that the programs ask for, which is at least a second.
        """
        if publication.repeats:
            return self._scaled(publication.time - CONFIRM_SECONDS) + self.schedule.wait(CONFIRM_SECONDS)
        return self._scaled(publication.time)

    def _scaled(self, recorded: int) -> int:
        passed = (recorded - self.start) * self.schedule.epoch_seconds // NOMINAL_SECONDS
        return self.schedule.start(START_EPOCH) + passed
