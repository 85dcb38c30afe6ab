"""The watcher on real tasks: jobs that fail, hang, end, and stop."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest

from offchain.errors import PercosecError
from offchain.indexer.errors import SecondIndexerError
from offchain.monitoring.watcher import supervisor
from offchain.monitoring.watcher import watcher as module
from offchain.monitoring.watcher.duty import Duty
from offchain.monitoring.watcher.every import every
from offchain.monitoring.watcher.report import DutyReport, JobState
from offchain.monitoring.watcher.watcher import Watcher
from tests.support.patience import PATIENCE

PAUSES = (0.01, 0.02)


class Job:
    """Fails as told, then works: counts a round each hundredth of a second."""

    def __init__(self, *failures: BaseException, returns: bool = False) -> None:
        self.failures = list(failures)
        self.returns = returns
        self.rounds = 0
        self.closed = 0

    async def run(self, stop: asyncio.Event) -> None:
        try:
            if self.failures:
                raise self.failures.pop(0)
            while not stop.is_set() and not self.returns:
                self.rounds += 1
                await asyncio.sleep(0.01)
        finally:
            self.closed += 1

    def duty(self, name: str = "job", stale_after: float = 10.0) -> Duty:
        return Duty(name, self.run, lambda: {"rounds": self.rounds}, stale_after, progress=lambda: self.rounds)


@asynccontextmanager
async def watching(*duties: Duty, grace: float = 1.0) -> AsyncIterator[Watcher]:
    watcher, stop = Watcher(PAUSES, grace), asyncio.Event()
    for duty in duties:
        watcher.add(duty)
    task = asyncio.create_task(watcher.run(stop))
    try:
        yield watcher
        assert not task.done(), "the watcher itself has ended"
    finally:
        stop.set()
        await asyncio.wait_for(task, grace + PATIENCE)


async def until(watcher: Watcher, name: str, wanted: str) -> DutyReport:
    """The report of a job once an expression about it holds."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while asyncio.get_running_loop().time() < deadline:
        found = next(each for each in watcher.report() if each.name == name)
        if eval(wanted, {"JobState": JobState}, {"it": found}):
            return found
        await asyncio.sleep(0.01)
    raise AssertionError(f"{wanted} never held: {found}")


async def test_a_failing_job_is_started_again_and_counted_and_others_do_not_notice() -> None:
    bad, good = Job(OSError("disk"), PercosecError("node is away")), Job()
    async with watching(bad.duty("bad"), good.duty("good")) as watcher:
        report = await until(watcher, "bad", "it.well and it.failures == 2 and it.failures_in_row == 0")
        assert (report.starts, report.last_error) == (3, "PercosecError: node is away")
        assert report.last_failure_ms is not None and report.next_start_ms is None
        assert report.status["rounds"] == bad.rounds > 0
        other = await until(watcher, "good", "it.well")
        assert (other.starts, other.failures, other.last_error) == (1, 0, "")
    assert [each.state for each in watcher.report()] == [JobState.STOPPED, JobState.STOPPED]
    assert (bad.closed, good.closed) == (3, 1)


async def test_pauses_grow_and_the_state_says_when_it_is_tried_again() -> None:
    job = Job(*(OSError(str(number)) for number in range(4)))
    watcher, stop = Watcher((0.02, 300.0)), asyncio.Event()  # a stop does not wait for the pause
    watcher.add(job.duty())
    task = asyncio.create_task(watcher.run(stop))
    report = await until(watcher, "job", "it.state is JobState.WAITING and it.failures_in_row == 2")
    assert report.next_start_ms is not None and 0 < report.next_start_ms - report.since_ms <= 300_000
    stop.set()
    await asyncio.wait_for(task, PATIENCE)
    assert job.failures, "no further start was made"


async def test_an_error_that_can_not_be_mended_ends_that_job_alone_and_loudly(caplog: pytest.LogCaptureFixture) -> None:
    second, good = Job(SecondIndexerError("another indexer writes here: stop one")), Job()
    async with watching(second.duty("indexer"), good.duty("good")) as watcher:
        report = await until(watcher, "indexer", "it.state is JobState.ENDED")
        await until(watcher, "good", "it.status['rounds'] > 5")
        assert (report.starts, report.failures, report.well) == (1, 1, False)
        assert next(each for each in watcher.report() if each.name == "indexer").starts == 1
    loud = [record for record in caplog.records if record.levelno == logging.CRITICAL]
    assert ["another indexer writes here" in record.getMessage() for record in loud] == [True]
    assert vars(loud[0])["duty"] == "indexer"


@pytest.mark.parametrize("death", [SystemExit(3), asyncio.CancelledError("inside"), MemoryError()])
async def test_not_even_an_exit_gets_out(death: BaseException) -> None:
    async with watching(Job(death).duty()) as watcher:
        report = await until(watcher, "job", "it.well and it.failures == 1")
        assert report.last_error.startswith(type(death).__name__)


async def test_returning_early_is_a_failure() -> None:
    async with watching(Job(returns=True).duty()) as watcher:
        report = await until(watcher, "job", "it.failures >= 3")
        assert "without being told to stop" in report.last_error


async def test_no_progress_makes_stale_and_progress_lifts_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.01)
    now = 0.0  # the supervisor's clock: how long nothing was done is for the test to say, not for a busy machine
    monkeypatch.setattr(supervisor, "time", SimpleNamespace(monotonic=lambda: now, time_ns=time.time_ns))
    caplog.set_level(logging.INFO)
    go = asyncio.Event()
    done = 0

    async def run(stop: asyncio.Event) -> None:
        nonlocal done
        await go.wait()
        while not stop.is_set():
            done += 1
            await asyncio.sleep(0.01)

    async with watching(Duty("hung", run, lambda: {"done": done}, stale_after=0.1)) as watcher:
        await until(watcher, "hung", "it.well")
        now += 0.2
        report = await until(watcher, "hung", "it.stale")
        assert not report.well and report.progress_age_ms >= 100
        go.set()
        await until(watcher, "hung", "it.well")
    said = [record.getMessage() for record in caplog.records if "stale" in record.getMessage()]
    assert len(said) == 2 and "is stale" in said[0] and "gets on again" in said[1]


async def test_a_status_that_fails_harms_nobody() -> None:
    job = Job()

    def broken() -> dict[str, object]:
        raise KeyError("nothing there")

    async with watching(Duty("odd", job.run, broken, 1.0)) as watcher:
        report = await until(watcher, "odd", "it.state is JobState.RUNNING")
        assert "KeyError" in str(report.status["status_error"])


async def test_a_job_that_does_not_stop_is_cancelled_after_the_grace(caplog: pytest.LogCaptureFixture) -> None:
    closed = False

    async def deaf(_: asyncio.Event) -> None:
        nonlocal closed
        try:
            await asyncio.sleep(60)
        finally:
            closed = True

    async with watching(Duty("deaf", deaf, dict, 90.0), grace=0.1) as watcher:
        await until(watcher, "deaf", "it.well")
    assert closed and watcher.report()[0].state is JobState.STOPPED
    assert "did not stop within" in caplog.text


async def test_a_cancelled_watcher_leaves_no_job_behind() -> None:
    job = Job()
    watcher = Watcher()
    watcher.add(job.duty())
    task = asyncio.create_task(watcher.run(asyncio.Event()))
    await until(watcher, "job", "it.status['rounds'] > 0")
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert job.closed == 1


async def test_a_periodic_step_keeps_its_pace_and_tells_how_late_it_was() -> None:
    starts: list[float] = []

    async def step() -> dict[str, object]:
        starts.append(asyncio.get_running_loop().time())
        if len(starts) == 3:
            await asyncio.sleep(0.12)  # longer than a period: the next comes at once, and no two at a time
        return {"made": len(starts)}

    before = asyncio.get_running_loop().time()
    async with watching(every("figures", 0.05, step)) as watcher:
        report = await until(watcher, "figures", "it.status['steps'] >= 6")
        assert report.status["made"] == report.status["steps"]
    # On a busy machine a step may come late, which the next one makes up for; never before its time, or beside another.
    assert starts[2] - before >= 0.095
    assert starts[3] - starts[2] >= 0.115
    assert starts[5] - starts[2] >= 0.115 + 0.095


async def test_a_periodic_step_that_fails_is_tried_again_and_one_success_resets_the_pause() -> None:
    calls = 0

    async def step() -> None:
        nonlocal calls
        calls += 1
        if calls in (1, 2, 4):
            raise OSError(f"call {calls}")

    async with watching(every("figures", 0.02, step)) as watcher:
        report = await until(watcher, "figures", "it.well and it.failures == 3")
        assert report.last_error == "OSError: call 4"
        await until(watcher, "figures", "it.failures_in_row == 0 and it.status['steps'] > 2")


async def test_names_are_unique_and_nothing_joins_later() -> None:
    job = Job()
    async with watching(job.duty()) as watcher:
        await until(watcher, "job", "it.well")
        with pytest.raises(RuntimeError, match="runs already"):
            watcher.add(job.duty("late"))
    with pytest.raises(ValueError, match="a job job already"):
        watcher.add(job.duty())
