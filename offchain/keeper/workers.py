"""Those who do the jobs: so many for each lane, and what they make of every outcome."""

from collections.abc import Callable, Coroutine
from typing import Any

from offchain.chain.backends.rpc import RpcError
from offchain.errors import PercosecError
from offchain.keeper.executor import Executor, Held
from offchain.keeper.job import Job, Lane
from offchain.keeper.journal import Journal
from offchain.keeper.mirror import Mirror
from offchain.keeper.plan import Plan
from offchain.keeper.queue import Queue
from offchain.keeper.tally import Tally

BENIGN = frozenset(
    {"ACCOUNT_EXISTS", "E_EARLY", "E_HEALTHY", "E_NOT_EXTREME", "E_PRICE_OLD", "E_REQUEST", "E_SEQUENCE", "REPEATED"}
)
"""Refusals that say by themselves that there is nothing to do (yet)."""
HELD_SECONDS = {"dry": 60.0, "unprofitable": 30.0, "reserve": 10.0, "halted": 5.0}
UNREACHABLE_SECONDS = 1.0


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
        self.under_way: dict[str, Job] = {}
        self.cycle = 0
        """The look that finds jobs now; spending is capped for each."""

    def staff(self, urgent: int, routine: int) -> list[Coroutine[Any, Any, None]]:
        """The workers, to be run as tasks."""
        lanes = [Lane.URGENT] * urgent + [Lane.ROUTINE] * routine
        return [self._work(lane) for lane in lanes]

    async def _work(self, lane: Lane) -> None:
        while True:
            job = await self._queue.next(lane)
            self.under_way[job.key] = job
            try:
                await self.do(job)
            finally:
                del self.under_way[job.key]
                self._queue.release(job)
                self._mirror.touch([job.subject])

    async def do(self, job: Job) -> str:
        """Do one job and count what came of it; returns the outcome in a word."""
        fresh = self._again(job)
        if fresh is None:
            self._tally.of(job.duty).benign += 1
            return "others first"
        try:
            done = await self._executor.do(fresh, self.cycle, self._refresh)
        except Held as held:
            return self._hold(fresh, held)
        except RpcError as error:
            self._queue.rest(job, UNREACHABLE_SECONDS)
            return self._fail(fresh, error)
        except PercosecError as error:
            return await self._refused(fresh, error)
        tally = self._tally.of(job.duty)
        tally.done += 1
        tally.lamports -= done.landed.payer_change
        tally.usdc += done.usdc
        self._queue.succeeded(job)
        return "done"

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
        self._queue.refused(job)
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

    async def _refresh(self, plan: Plan) -> None:
        """Read again what a transaction has written, so that the next decision knows it."""
        await self._mirror.read({meta.pubkey for step in plan.steps for meta in step.accounts if meta.is_writable})
