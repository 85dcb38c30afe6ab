"""The watcher: runs every background job of a process, and knows how each is doing.

watcher = Watcher()
watcher.add(Duty("indexer", indexer.run, indexer.status, stale_after=30))
watcher.add(every("figures", 60, refresh))
await watcher.run(stop)
"""

import asyncio
import logging
import time
from collections.abc import Sequence

from offchain.monitoring.watcher.duty import Duty
from offchain.monitoring.watcher.pauses import BACK_OFF, ends_within
from offchain.monitoring.watcher.report import DutyReport
from offchain.monitoring.watcher.supervisor import Supervisor

LOOK_SECONDS = 1.0
"""Pause between two looks at everybody's progress."""
GRACE_SECONDS = 100.0
"""After a stop each job has so long to finish; a keeper waits up to 90 s for its last transactions."""
_LOGGER = logging.getLogger(__name__)


class Watcher:
    """Runs jobs until it is stopped; no job's failure reaches another job or the watcher."""

    def __init__(self, pauses: Sequence[float] = BACK_OFF, grace: float = GRACE_SECONDS) -> None:
        """`pauses`: seconds before a failed job starts again, by failures in a row; `grace`: see GRACE_SECONDS."""
        self.loop_delay = 0.0
        """Seconds by which the event loop came back too late at the last look: some work belongs in a thread."""
        self._pauses = pauses
        self._grace = grace
        self._jobs: dict[str, Supervisor] = {}
        self._running = False

    def add(self, duty: Duty) -> None:
        """Take on a job, before `run`. ValueError for a second one of the same name, RuntimeError while running."""
        if self._running:
            raise RuntimeError(f"the watcher runs already: add {duty.name} before")
        if duty.name in self._jobs:
            raise ValueError(f"there is a job {duty.name} already")
        self._jobs[duty.name] = Supervisor(duty, self._pauses)

    async def run(self, stop: asyncio.Event) -> None:
        """Run every job until `stop` is set; then let them finish, and cancel what takes longer than the grace."""
        self._running = True
        tasks = {name: asyncio.create_task(job.run(stop), name=f"watch-{name}") for name, job in self._jobs.items()}
        try:
            await self._look_until(stop)
            if tasks:
                _, late = await asyncio.wait(tasks.values(), timeout=self._grace)
                for name, task in tasks.items():
                    if task in late:
                        _LOGGER.error("job %s did not stop within %g s, it is cancelled", name, self._grace)
        finally:
            for task in tasks.values():
                task.cancel()
            await asyncio.gather(*tasks.values(), return_exceptions=True)
            self._running = False

    def report(self) -> list[DutyReport]:
        """Every job as it stands now, in the order they were added."""
        return [job.report() for job in self._jobs.values()]

    async def _look_until(self, stop: asyncio.Event) -> None:
        while True:
            due = time.monotonic() + LOOK_SECONDS
            if await ends_within(stop, LOOK_SECONDS):
                return
            self.loop_delay = max(0.0, time.monotonic() - due)
            for job in self._jobs.values():
                job.look()
