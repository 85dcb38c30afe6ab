"""Who asks for verifications, and what is known already."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from offchain.api.problems import Problem, unavailable
from offchain.api.verify.process import Worker
from offchain.verify.errors import VerifyError

MOST_WAITING = 8
"""Claims under verification or waiting for it, in this process."""
SLICE_SECONDS = 5.0
"""How long the process replays before it says how far it is."""
ANSWER_SECONDS = 20.0
"""How long a client is kept waiting; then it is told how far it is, and asks again."""
JOB_SECONDS = 300.0
"""After so long a claim has to be asked for again. What was replayed by then is not lost."""
KEPT = 1_000
"""Final results kept."""
RETRY_SECONDS = 5


@dataclass
class Job:
    """One claim under verification."""

    task: asyncio.Task[dict[str, Any]]
    progress: dict[str, int] = field(default_factory=lambda: {"replayed": 0, "waiting": 0})


class VerificationDesk:
    """One queue and one verifying process for a whole API process."""

    def __init__(self, url: str, cluster: str) -> None:
        """Nothing is started yet."""
        self._worker = Worker(url, cluster)
        self._lock = asyncio.Lock()
        self._jobs: dict[str, Job] = {}
        self._final: OrderedDict[str, dict[str, Any]] = OrderedDict()

    def known(self, record: str) -> dict[str, Any] | None:
        """A result that can't change any more."""
        return self._final.get(record)

    async def verify(self, record: str) -> dict[str, Any]:
        """{"verified": ...} or {"progress": ...}; Problem 429 when too many wait, 422 or 503 with the reason."""
        known = self.known(record)
        if known is not None:
            return known
        job = self._jobs.get(record)
        if job is None:
            if len(self._jobs) >= MOST_WAITING:
                detail = f"{MOST_WAITING} claims are being verified already: try again in a few seconds"
                raise Problem(429, "busy", detail, {"retry-after": str(RETRY_SECONDS)})
            job = self._jobs[record] = self._start(record)
        await asyncio.wait([job.task], timeout=ANSWER_SECONDS)
        if not job.task.done():
            return {"progress": dict(job.progress)}
        return job.task.result()

    async def close(self) -> None:
        """Give up what is under way, and end the process."""
        tasks = [job.task for job in self._jobs.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._worker.close()

    def _start(self, record: str) -> Job:
        task = asyncio.create_task(self._run(record))
        job = Job(task)

        def ended(done: asyncio.Task[dict[str, Any]]) -> None:
            self._jobs.pop(record, None)
            if not done.cancelled():
                done.exception()  # Seen, also where nobody waits for it any more.

        task.add_done_callback(ended)
        return job

    async def _run(self, record: str) -> dict[str, Any]:
        deadline = monotonic() + JOB_SECONDS
        async with self._lock:
            while monotonic() < deadline:
                found = await self._ask(record)
                if "verified" in found:
                    self._keep(record, found)
                    return found
                if "error" in found:
                    raise Problem(422, "not_verifiable", found["error"])
                if record in self._jobs:
                    self._jobs[record].progress = found["progress"]
                if not found["progress"]["waiting"]:
                    await asyncio.sleep(1.0)  # The payout has landed in a slot that is not complete yet.
        raise unavailable("the history is long and not read to its end yet: ask again, it goes on from there")

    async def _ask(self, record: str) -> dict[str, Any]:
        try:
            return await self._worker.ask(record, SLICE_SECONDS)
        except VerifyError as error:
            raise unavailable(str(error)) from error

    def _keep(self, record: str, found: dict[str, Any]) -> None:
        if found["verified"]["final"]:
            self._final[record] = found
            if len(self._final) > KEPT:
                self._final.popitem(last=False)
