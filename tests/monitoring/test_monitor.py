"""Monitor and pulse under a real watcher: what breaks is told, over a restart, until it is mended."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from offchain.chain.backends.failover import FailoverChain
from offchain.monitoring.alerts.store import active_alerts
from offchain.monitoring.facts.facts import gather
from offchain.monitoring.facts.jobs import read_jobs
from offchain.monitoring.monitor import Monitor
from offchain.monitoring.pulse import Pulse, instance_name
from offchain.monitoring.watcher.watcher import Watcher
from tests.monitoring.deployment import Deployment, deployment
from tests.support.patience import PATIENCE, wait_until
from tests.verify.story import Story


@pytest.fixture
def quick(story: Story, tmp_path: Path) -> Iterator[Deployment]:
    """Looks every second."""
    with deployment(story.world, tmp_path, look_seconds=1, chain_seconds=1, raise_seconds=1, clear_seconds=1) as found:
        found.index()
        yield found


@contextmanager
def running(watched: Deployment) -> Iterator[Watcher]:
    """A process of the monitor, as the app runs it."""
    started: list[tuple[Watcher, asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def run() -> None:
        chain, stop, watcher = FailoverChain((watched.http,)), asyncio.Event(), Watcher((0.1,), 5.0)
        monitor = Monitor(watched.context, chain)
        for duty in monitor.duties():
            watcher.add(duty)
        watcher.add(Pulse(watched.context, watcher, ("monitor",)).duty())
        started.append((watcher, asyncio.get_running_loop(), stop))
        try:
            await watcher.run(stop)
        finally:
            await monitor.close()
            await chain.close()

    thread = Thread(target=lambda: asyncio.run(run()))
    thread.start()
    wait_until(lambda: started, "the monitor")
    watcher, loop, stop = started[0]
    try:
        yield watcher
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(PATIENCE)
        assert not thread.is_alive()


def standing(watched: Deployment) -> dict[str, int | None]:
    with watched.database.reading() as session:
        return {rule: alert.id for (rule, _), alert in active_alerts(session).items()}


def until(watched: Deployment, wanted: set[str]) -> dict[str, int | None]:
    wait_until(lambda: set(standing(watched)) == wanted, f"{wanted} alone")
    return standing(watched)


def test_a_robbed_vault_is_told_over_a_restart_until_it_is_mended(quick: Deployment, story: Story) -> None:
    vault = story.market.pool().vault
    held = story.world.balance(vault)
    with running(quick) as watcher:
        time.sleep(3)
        assert standing(quick) == {}
        story.world.set_balance(vault, held - 1)
        first = until(quick, {"vault_below_ledger"})
        jobs = {report.name: report for report in watcher.report()}
        assert set(jobs) == {"chain look", "alerts", "webhook", "pulse"}
        assert all(report.failures == 0 for report in jobs.values())
    with running(quick):
        time.sleep(3)
        assert standing(quick) == first, "it is the same alert, not a second one"
        story.world.set_balance(vault, held)
        until(quick, set())
    facts = gather(quick.context)
    assert facts.chain is not None and len(facts.chain.vaults) == 4


def test_a_process_tells_of_its_jobs_and_takes_leave(quick: Deployment) -> None:
    def told() -> dict[str, str]:
        with quick.database.reading() as session:
            return {job.name: job.instance for job in read_jobs(session)}

    with running(quick):
        wait_until(lambda: len(told()) == 4, "word of four jobs")
        name = instance_name(("monitor",), quick.context.settings.serve.port)
        assert told() == dict.fromkeys(("chain look", "alerts", "webhook", "pulse"), name)
    assert told() == {}, "a process that stops is not missed"


def test_without_a_node_everything_else_goes_on(quick: Deployment, story: Story) -> None:
    story.world.advance(seconds=200)
    with running(replace(quick, http="http://127.0.0.1:1")) as watcher:
        until(quick, {"price_stale"})
        look = next(report for report in watcher.report() if report.name == "chain look")
        assert look.failures >= 1 and "127.0.0.1:1" in look.last_error
