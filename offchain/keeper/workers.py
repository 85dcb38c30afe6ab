"""Those who do the jobs: so many for each lane, and what they make of every outcome."""

import asyncio
from collections.abc import Callable, Coroutine
from itertools import count
from typing import Any

from offchain.chain.backends.rpc import RpcError
from offchain.errors import PercosecError
from offchain.keeper.executor import Delivered, Executor, Held
from offchain.keeper.job import Job, Lane
from offchain.keeper.journal import Journal
from offchain.keeper.mirror import Mirror
from offchain.keeper.queue import Queue
from offchain.keeper.tally import Tally
from offchain.keeper.waiting import wait_at_most

BENIGN = frozenset(
    {"ACCOUNT_EXISTS", "E_EARLY", "E_HEALTHY", "E_NOT_EXTREME", "E_PRICE_OLD", "E_REQUEST", "E_SEQUENCE", "REPEATED"}
)
"""Refusals that say by themselves that there is nothing to do (yet)."""
HELD_SECONDS = {"dry": 60.0, "unprofitable": 30.0, "reserve": 10.0, "halted": 5.0}
UNREACHABLE_SECONDS = 1.0
AFTER_REST = 0.01
RECORD_SECONDS = 3.0
"""How long a transaction's entry in the book waits for urgent work."""


class Workers:
    """All workers share a queue, an executor and the counters."""

    def __init__(
        self,
        queue: Queue,
        executor: Executor,
        mirror: Mirror,
        again: Callable[[Job], Job | None],
        tally: Tally,
        log: Journal,
    ) -> None:
        """`again` makes a job anew from what is known now, None when it is no longer due."""
        self._queue = queue
        self._executor = executor
        self._mirror = mirror
        self._again = again
        self._tally = tally
        self._log = log
        self.under_way: set[int] = set()
        """Jobs that are being done or written down."""
        self._numbers = count()
        self._recording: set[asyncio.Task[str]] = set()
        self._broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.cycle = 0
        """Number of the `cycle_ms` that runs now; spending is capped in each."""

    def staff(self, urgent: int, routine: int) -> list[Coroutine[Any, Any, None]]:
        """The workers, to be run as tasks."""
        lanes = [Lane.URGENT] * urgent + [Lane.ROUTINE] * routine
        return [self._work(lane) for lane in lanes]

    async def watch_over(self) -> None:
        """Wait for ever; raises what went wrong where it must not, such as a book that can't be written."""
        await self._broken

    async def do(self, job: Job) -> str:
        """Do one job to its end and count what came of it; returns the outcome in a word."""
        delivered = await self._deliver(job)
        return delivered if isinstance(delivered, str) else await self._record(job, delivered)

    async def _work(self, lane: Lane) -> None:
        while True:
            job = await self._queue.next(lane)
            number = next(self._numbers)
            self.under_way.add(number)
            try:
                delivered = await self._deliver(job)
            finally:
                self._queue.release(job)
                self._mirror.touch([job.subject])
            if isinstance(delivered, str):
                self.under_way.discard(number)
            else:
                self._record_aside(job, delivered, number)

    def _record_aside(self, job: Job, delivered: Delivered, number: int) -> None:
        """Write it down while the worker does the next job already."""

        def recorded(task: asyncio.Task[str]) -> None:
            self._recording.discard(task)
            self.under_way.discard(number)
            if not task.cancelled() and (error := task.exception()) and not self._broken.done():
                self._broken.set_exception(error)

        task = asyncio.create_task(self._record_later(job, delivered))
        self._recording.add(task)
        task.add_done_callback(recorded)

    async def _record_later(self, job: Job, delivered: Delivered) -> str:
        """The book can wait while others lose money, but not for long."""
        await wait_at_most(self._queue.calm, RECORD_SECONDS)
        return await self._record(job, delivered)

    async def _deliver(self, job: Job) -> Delivered | str:
        """Bring it to the chain and read what it changed; a word where nothing was delivered."""
        fresh = self._again(job)
        if fresh is None:
            self._tally.of(job.duty).benign += 1
            return "others first"
        try:
            delivered = await self._executor.deliver(fresh, self.cycle)
        except Held as held:
            return self._hold(fresh, held)
        except RpcError as error:
            self._queue.rest(job, UNREACHABLE_SECONDS)
            self._look_again(job, UNREACHABLE_SECONDS)
            return self._fail(fresh, error)
        except PercosecError as error:
            return await self._refused(fresh, error)
        written = {meta.pubkey for step in delivered.plan.steps for meta in step.accounts if meta.is_writable}
        await self._mirror.read(written)
        return delivered

    async def _record(self, job: Job, delivered: Delivered) -> str:
        try:
            done = await self._executor.record(job, delivered)
        except RpcError as error:
            return self._fail(job, error)
        except PercosecError as error:
            return await self._refused(job, error)
        tally = self._tally.of(job.duty)
        tally.done += 1
        tally.lamports -= done.landed.payer_change
        tally.usdc += done.usdc
        self._queue.succeeded(job)
        return "done"

    def _look_again(self, job: Job, seconds: float) -> None:
        """At its market, as soon as the job has rested."""
        asyncio.get_running_loop().call_later(seconds + AFTER_REST, self._mirror.touch, [job.subject])

    def _hold(self, job: Job, held: Held) -> str:
        self._queue.rest(job, HELD_SECONDS[held.reason])
        if held.reason == "unprofitable":
            self._tally.of(job.duty).skipped += 1
        self._log.note("held", duty=job.duty, subject=str(job.subject), key=job.key, reason=held.reason)
        return held.reason

    async def _refused(self, job: Job, error: PercosecError) -> str:
        """Look again: what is no longer due was done by somebody else, and that is no error."""
        code = getattr(error, "code", type(error).__name__)
        self._tally.refusals[code] += 1
        named = {meta.pubkey for steps in job.variants[:1] for step in steps for meta in step.accounts}
        await self._mirror.read(named)
        self._look_again(job, self._queue.refused(job))
        if code not in BENIGN and self._again(job) is not None:
            return self._fail(job, error)
        self._tally.of(job.duty).benign += 1
        self._log.note("refused", duty=job.duty, subject=str(job.subject), key=job.key, code=code, benign=True)
        return f"others first ({code})"

    def _fail(self, job: Job, error: PercosecError) -> str:
        self._tally.of(job.duty).errors += 1
        self._tally.last_error = str(error)
        self._log.note("error", duty=job.duty, subject=str(job.subject), key=job.key, message=str(error))
        return f"error: {error}"
