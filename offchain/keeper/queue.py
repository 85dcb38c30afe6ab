"""What waits to be done: the heaviest first in each lane, one job of a group at a time, refused ones resting."""

import asyncio
import heapq
from collections.abc import Callable, Iterable
from itertools import count

from solders.pubkey import Pubkey

from offchain.keeper.job import Job, Lane

REST_SECONDS = {Lane.URGENT: (0.5, 1.0, 2.0, 5.0), Lane.ROUTINE: (1.0, 2.0, 5.0, 15.0, 60.0)}
"""How long a job is left alone after its first, second, ... refusal in a row."""
KEPT = 20_000
"""Refused jobs remembered; those that rest no longer are forgotten beyond it."""


class Queue:
    """Jobs that are due, by lane."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` gives seconds that never go back."""
        self._clock = clock
        self._heaps: dict[Lane, list[tuple[int, int, Job]]] = {lane: [] for lane in Lane}
        self._news = {lane: asyncio.Event() for lane in Lane}
        self._order = count()
        self._busy: set[tuple[Lane, Pubkey]] = set()
        self.calm = asyncio.Event()
        """Set while no urgent job waits or is under way."""
        self.calm.set()
        self._refusals: dict[str, int] = {}
        self._rests: dict[str, float] = {}

    def offer(self, jobs: Iterable[Job]) -> list[Job]:
        """Take those that don't rest and whose group is free; returns them."""
        now, taken = self._clock(), []
        for job in sorted(jobs, key=lambda job: -job.weight):
            if job.group in self._busy or self._rests.get(job.key, 0.0) > now:
                continue
            self._busy.add(job.group)
            if job.lane == Lane.URGENT:
                self.calm.clear()
            heapq.heappush(self._heaps[job.lane], (-job.weight, next(self._order), job))
            self._news[job.lane].set()
            taken.append(job)
        return taken

    async def next(self, lane: Lane) -> Job:
        """The heaviest job of a lane; waits for one. `release` its group afterwards.

        Routine jobs wait while urgent ones do: the node and this machine are for those first.
        """
        while not self._heaps[lane] or (lane == Lane.ROUTINE and self._heaps[Lane.URGENT]):
            self._news[lane].clear()
            await self._news[lane].wait()
        job = heapq.heappop(self._heaps[lane])[2]
        if lane == Lane.URGENT and not self._heaps[lane]:
            self._news[Lane.ROUTINE].set()
        return job

    def is_busy(self, subject: Pubkey) -> bool:
        """Whether an urgent job of this market waits or is under way."""
        return (Lane.URGENT, subject) in self._busy

    def release(self, job: Job) -> None:
        """The next job of this group may follow."""
        self._free(job)

    def refused(self, job: Job) -> float:
        """Leave it alone for a while, longer each time; returns the seconds."""
        times = self._refusals.get(job.key, 0)
        self._refusals[job.key] = times + 1
        rests = REST_SECONDS[job.lane]
        seconds = rests[min(times, len(rests) - 1)]
        self.rest(job, seconds)
        return seconds

    def rest(self, job: Job, seconds: float) -> None:
        """Leave it alone for so long."""
        now = self._clock()
        self._rests[job.key] = now + seconds
        if len(self._rests) > KEPT:
            self._rests = {key: until for key, until in self._rests.items() if until > now}
            self._refusals = {key: times for key, times in self._refusals.items() if key in self._rests}

    def succeeded(self, job: Job) -> None:
        """Forget its refusals."""
        self._refusals.pop(job.key, None)
        self._rests.pop(job.key, None)

    def clear(self) -> None:
        """Drop everything that waits; what is under way goes on."""
        for lane, heap in self._heaps.items():
            for _, _, job in heap:
                self._free(job)
            self._heaps[lane] = []
        self._news[Lane.ROUTINE].set()

    def lengths(self) -> dict[str, int]:
        """Jobs waiting in each lane."""
        return {lane.value: len(heap) for lane, heap in self._heaps.items()}

    def _free(self, job: Job) -> None:
        self._busy.discard(job.group)
        if all(lane != Lane.URGENT for lane, _ in self._busy):
            self.calm.set()
