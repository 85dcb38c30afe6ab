"""`every`: a duty that repeats one step at a steady pace."""

import asyncio
from collections.abc import Awaitable, Callable

from offchain.monitoring.watcher.duty import Duty, Status
from offchain.monitoring.watcher.pauses import ends_within

LEAST_STALE = 30.0
"""Seconds; a fast step is not called stale for one slow round."""
Step = Callable[[], Awaitable[Status | None]]


def every(name: str, seconds: float, step: Step, *, stale_after: float | None = None) -> Duty:
    """A duty that takes `step` at once and then each `seconds`, counted from start to start.

    What the step returns is shown in the status. A step that raises fails the duty, and the watcher tries again. One
    that takes longer than `seconds` is followed by the next at once; what was missed is not made up for. Stale after
    three steps that should have been, unless said otherwise.
    """
    rhythm = _Rhythm(seconds, step)
    limit = max(3 * seconds, LEAST_STALE) if stale_after is None else stale_after
    return Duty(name, rhythm.run, rhythm.status, limit, progress=lambda: rhythm.steps, delay=lambda: rhythm.delay)


class _Rhythm:
    def __init__(self, seconds: float, step: Step) -> None:
        self.steps = 0
        self.delay = 0.0
        self._seconds = seconds
        self._step = step
        self._took = 0.0
        self._last: Status = {}

    async def run(self, stop: asyncio.Event) -> None:
        clock = asyncio.get_running_loop().time
        due = clock()
        while not stop.is_set():
            began = clock()
            self.delay = max(0.0, began - due)
            self._last = await self._step() or {}
            self.steps += 1
            self._took = clock() - began
            due = max(due + self._seconds, clock())
            await ends_within(stop, due - clock())

    def status(self) -> Status:
        return {"steps": self.steps, "took_ms": int(self._took * 1_000), **self._last}
