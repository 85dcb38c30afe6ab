"""How an epoch of market time passes in real time.

Prices are recorded a quarter of an hour apart, so between two of them a market has little to do: confirm a step after a
minute, liquidate on the better of two prices 20 s apart. So of each epoch the first 75 seconds pass steadily, second by
second, while everybody acts; then the clock jumps to the next epoch. The programs' limits on the age of prices are
never in the way then, at whatever speed: a price is at most a minute old while anyone trades on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

FLOW_SECONDS = 75
"""Chain seconds that pass steadily in each epoch: longer than the minute after which a step in prices is confirmed."""
STEP_SECONDS = 1.0
"""Real seconds between two movements of the clock, where an epoch is long enough for some of them."""
LEAST_STEPS = 5


@dataclass(frozen=True)
class Beat:
    """One epoch in real time."""

    epoch_seconds: int
    """Chain seconds of the epoch."""
    speed: int
    """Market seconds in a real second."""

    @property
    def real_seconds(self) -> float:
        """How long the epoch lasts for those who watch."""
        return self.epoch_seconds / self.speed

    def steps(self) -> Iterator[tuple[float, int]]:
        """(real seconds to wait, chain seconds to move then) until the end of the steady part.

        At slow speeds all of the epoch flows; chain time never runs slower than real time, nor beyond the epoch.
        """
        real = self.real_seconds
        flow = min(self.epoch_seconds - 1, max(FLOW_SECONDS, int(real)))
        count = max(LEAST_STEPS, int(real / STEP_SECONDS))
        moved = 0
        for number in range(1, count + 1):
            reached = flow * number // count
            yield real / count, reached - moved
            moved = reached
