"""One process at a time indexes into a database: others stand by, and take over the moment it is gone."""

import asyncio
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from offchain.database.database import open_database
from offchain.monitoring.watcher.duty import Duty
from offchain.serve.errors import ServeError
from offchain.serve.sole import Sole, alone
from offchain.settings.paths import ROOT
from tests.support.patience import PATIENCE, until

WORK = """
import asyncio, sys
from offchain.database.database import open_database
from offchain.serve.sole import Sole

async def work(stop):
    print("working", flush=True)
    await stop.wait()

with open_database(sys.argv[1]) as database:
    asyncio.run(Sole(database, "indexer").run(asyncio.Event(), work))
"""


class _Work:
    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.ended = False

    async def __call__(self, stop: asyncio.Event) -> None:
        self.begun.set()
        try:
            await stop.wait()
        finally:
            self.ended = True


async def test_another_process_takes_over_when_the_first_is_killed(postgres_url: str) -> None:
    with open_database(postgres_url) as database:
        process = subprocess.Popen([sys.executable, "-c", WORK, postgres_url], cwd=ROOT, stdout=subprocess.PIPE)
        with process:
            assert process.stdout is not None
            assert await asyncio.to_thread(process.stdout.readline) == b"working\n"
            mine, other, stop = Sole(database, "indexer"), Sole(database, "prices"), asyncio.Event()
            work, apart = _Work(), _Work()
            tasks = [asyncio.create_task(mine.run(stop, work)), asyncio.create_task(other.run(stop, apart))]
            await asyncio.wait_for(apart.begun.wait(), PATIENCE)
            await until(lambda: mine.looks >= 1, "a second look")
            assert mine.standing_by and not work.begun.is_set()
            assert not other.standing_by
            process.kill()
            await asyncio.wait_for(work.begun.wait(), PATIENCE)
            assert not mine.standing_by
            stop.set()
            await asyncio.gather(*tasks)
            assert work.ended and apart.ended


async def test_a_lost_connection_ends_the_work(postgres_url: str) -> None:
    with open_database(postgres_url) as database:
        work = _Work()
        task = asyncio.create_task(Sole(database, "indexer").run(asyncio.Event(), work))
        await asyncio.wait_for(work.begun.wait(), PATIENCE)
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted")
        with pytest.raises(ServeError, match="connection is lost"):
            await asyncio.wait_for(task, PATIENCE)
        assert work.ended


async def test_a_failure_of_the_work_comes_through_and_frees_the_place(postgres_url: str) -> None:
    async def failing(_stop: asyncio.Event) -> None:
        raise ValueError("broken")

    with open_database(postgres_url) as database:
        with pytest.raises(ValueError, match="broken"):
            await Sole(database, "indexer").run(asyncio.Event(), failing)
        work, stop = _Work(), asyncio.Event()
        task = asyncio.create_task(Sole(database, "indexer").run(stop, work))
        await asyncio.wait_for(work.begun.wait(), PATIENCE)
        stop.set()
        await task


async def test_a_stop_ends_the_standing_by(postgres_url: str) -> None:
    with open_database(postgres_url) as database:
        stop, first, second = asyncio.Event(), _Work(), _Work()
        holding = asyncio.create_task(Sole(database, "indexer").run(stop, first))
        await asyncio.wait_for(first.begun.wait(), PATIENCE)
        stopping, waiting = asyncio.Event(), Sole(database, "indexer")
        task = asyncio.create_task(waiting.run(stopping, second))
        await until(lambda: waiting.standing_by, "the standing by")
        stopping.set()
        await asyncio.wait_for(task, PATIENCE)
        assert not second.begun.is_set()
        stop.set()
        await holding


async def test_an_sqlite_file_has_one_process_anyway(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'x.db'}") as database:
        work, stop = _Work(), asyncio.Event()
        task = asyncio.create_task(Sole(database, "indexer").run(stop, work))
        await asyncio.wait_for(work.begun.wait(), PATIENCE)
        stop.set()
        await task


async def test_a_duty_that_stands_by_says_so_and_gets_on(postgres_url: str) -> None:
    with open_database(postgres_url) as database:
        begun: list[str] = []

        def duty(name: str) -> Duty:
            async def run(stop: asyncio.Event) -> None:
                begun.append(name)
                await stop.wait()

            return alone(Duty("figures", run, lambda: {"of": name}, 60.0, lambda: 0), database)

        first, second = duty("first"), duty("second")
        stop_first, stop_second = asyncio.Event(), asyncio.Event()
        one = asyncio.create_task(first.run(stop_first))  # type: ignore[arg-type]
        await until(lambda: begun, "the first")
        two = asyncio.create_task(second.run(stop_second))  # type: ignore[arg-type]
        assert second.progress is not None
        seen = {second.progress()}
        await until(lambda: seen.add(second.progress()) or len(seen) >= 3, "progress while it stands by")
        assert (first.status()["standing_by"], second.status()) == (False, {"standing_by": True, "of": "second"})
        stop_first.set()
        await until(lambda: begun == ["first", "second"], "the second")
        assert second.status()["standing_by"] is False
        stop_second.set()
        await asyncio.gather(one, two)
