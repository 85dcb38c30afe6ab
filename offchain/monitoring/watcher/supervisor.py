"""One job under supervision: started, started again after a failure, and its progress noticed."""

import asyncio
import logging
import time
from collections.abc import Sequence

from offchain.errors import PercosecError
from offchain.monitoring.watcher.duty import Duty, Status
from offchain.monitoring.watcher.pauses import BACK_OFF, ends_within, pause_after
from offchain.monitoring.watcher.report import DutyReport, JobState

WELL_AFTER = 60.0
"""Seconds of running after which a job without its own measure of progress counts as well again."""

UNWIND_SECONDS = 5.0
"""How long a cancelled job may take to close what it opened."""
_LOGGER = logging.getLogger(__name__)


class EndedEarlyError(PercosecError):
    """A job returned although nobody told it to stop."""


class Supervisor:
    """Keeps one duty alive."""

    def __init__(self, duty: Duty, pauses: Sequence[float] = BACK_OFF) -> None:
        """`pauses`: seconds before the next start, by failures in a row."""
        self.duty = duty
        self.state = JobState.NEW
        self._pauses = pauses
        self._since_ms = _wall_ms()
        self._starts = self._failures = self._in_row = 0
        self._last_error = ""
        self._last_failure_ms: int | None = None
        self._next_start_ms: int | None = None
        self._seen = self._measure()
        self._progress_at = time.monotonic()
        self._started_at = self._progress_at
        self._stale = False

    async def run(self, stop: asyncio.Event) -> None:
        """Run the duty until `stop` is set; only a cancellation gets out of here."""
        while not stop.is_set():
            self._begin()
            error = await self._attempt(stop)
            if error is None:
                break
            self._note_failure(error)
            if stop.is_set():
                _LOGGER.error("job %s failed while stopping: %s", self.duty.name, self._last_error, extra=self._extra())
                break
            if isinstance(error, PercosecError) and not error.retry:
                self._enter(JobState.ENDED)
                _LOGGER.critical("job %s has ended for good: %s", self.duty.name, error, extra=self._extra())
                return
            pause = pause_after(self._in_row, self._pauses)
            self._next_start_ms = _wall_ms() + int(pause * 1_000)
            self._enter(JobState.WAITING)
            _LOGGER.error(
                "job %s failed (%d in a row), next start in %g s: %s",
                *(self.duty.name, self._in_row, pause, self._last_error),
                exc_info=None if isinstance(error, PercosecError) else error,
                extra=self._extra(),
            )
            await ends_within(stop, pause)
        self._enter(JobState.STOPPED)

    def look(self) -> None:
        """Notice progress and staleness; the watcher calls it every second."""
        now, measured = time.monotonic(), self._measure()
        if measured != self._seen:
            self._seen, self._progress_at = measured, now
            if self.duty.progress is not None:
                self._in_row = 0
        if self.state is JobState.RUNNING and now - self._started_at >= WELL_AFTER:
            self._in_row = 0
        stale = self.state is JobState.RUNNING and now - self._progress_at > self.duty.stale_after
        if stale != self._stale:
            self._stale = stale
            said = "is stale: no progress for %g s" if stale else "gets on again (stale after %g s)"
            _LOGGER.log(
                logging.WARNING if stale else logging.INFO,
                f"job %s {said}",
                *(self.duty.name, self.duty.stale_after),
                extra=self._extra(),
            )

    def report(self) -> DutyReport:
        """How it stands now."""
        self.look()
        return DutyReport(
            name=self.duty.name,
            state=self.state,
            since_ms=self._since_ms,
            starts=self._starts,
            failures=self._failures,
            failures_in_row=self._in_row,
            last_error=self._last_error,
            last_failure_ms=self._last_failure_ms,
            next_start_ms=self._next_start_ms,
            progress_age_ms=int((time.monotonic() - self._progress_at) * 1_000),
            stale=self._stale,
            delay_ms=int((self.duty.delay() if self.duty.delay else 0.0) * 1_000),
            status=self._status(),
        )

    async def _attempt(self, stop: asyncio.Event) -> BaseException | None:
        """Run the duty once, in a task of its own; what it died of, None when it was told to stop."""
        task = asyncio.create_task(self._guarded(stop), name=self.duty.name)
        try:
            error = await asyncio.shield(task)
        except asyncio.CancelledError:
            if _is_cancelled():
                task.cancel()
                await asyncio.wait([task], timeout=UNWIND_SECONDS)
                self._enter(JobState.STOPPED)
                raise
            return asyncio.CancelledError("it was cancelled by something inside it")
        if error is None and not stop.is_set():
            return EndedEarlyError("it returned without being told to stop")
        return error

    async def _guarded(self, stop: asyncio.Event) -> BaseException | None:
        """A SystemExit would end the event loop if it left the task."""
        try:
            await self.duty.run(stop)
        except (Exception, SystemExit) as error:
            return error
        return None

    def _begin(self) -> None:
        self._starts += 1
        self._next_start_ms = None
        self._progress_at = self._started_at = time.monotonic()
        self._enter(JobState.RUNNING)

    def _note_failure(self, error: BaseException) -> None:
        self.look()
        self._failures += 1
        self._in_row += 1
        self._last_error = f"{type(error).__name__}: {error}"
        self._last_failure_ms = _wall_ms()

    def _enter(self, state: JobState) -> None:
        self.state, self._since_ms = state, _wall_ms()

    def _measure(self) -> object:
        try:
            return self.duty.progress() if self.duty.progress else dict(self.duty.status())
        except Exception as error:
            return str(error)

    def _status(self) -> Status:
        """A status that fails is shown as such: whoever asks must not suffer from it."""
        try:
            return dict(self.duty.status())
        except Exception as error:
            return {"status_error": f"{type(error).__name__}: {error}"}

    def _extra(self) -> dict[str, object]:
        return {"duty": self.duty.name, "failures": self._failures, "state": str(self.state)}


def _is_cancelled() -> bool:
    """Whether somebody cancelled the running task itself, and not something it waits for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000
