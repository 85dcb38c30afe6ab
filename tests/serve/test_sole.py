"""One process at a time indexes into a database: others stand by, and take over the moment it is gone."""

import asyncio
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from offchain.database.database import open_database
from offchain.serve.errors import ServeError
from offchain.serve.sole import LOOK_SECONDS, Sole
from offchain.settings.paths import ROOT

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
            await asyncio.wait_for(apart.begun.wait(), 10)
            await asyncio.sleep(1.5 * LOOK_SECONDS)
            assert mine.standing_by and mine.looks >= 1 and not work.begun.is_set()
            assert not other.standing_by
            process.kill()
            await asyncio.wait_for(work.begun.wait(), 10)
            assert not mine.standing_by
            stop.set()
            await asyncio.gather(*tasks)
            assert work.ended and apart.ended


async def test_a_lost_connection_ends_the_work(postgres_url: str) -> None:
    with open_database(postgres_url) as database:
        work = _Work()
        task = asyncio.create_task(Sole(database, "indexer").run(asyncio.Event(), work))
        await asyncio.wait_for(work.begun.wait(), 10)
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted")
        with pytest.raises(ServeError, match="connection is lost"):
            await asyncio.wait_for(task, 10)
        assert work.ended


async def test_a_failure_of_the_work_comes_through_and_frees_the_place(postgres_url: str) -> None:
    async def failing(_stop: asyncio.Event) -> None:
        raise ValueError("broken")

    with open_database(postgres_url) as database:
        with pytest.raises(ValueError, match="broken"):
            await Sole(database, "indexer").run(asyncio.Event(), failing)
        work, stop = _Work(), asyncio.Event()
        task = asyncio.create_task(Sole(database, "indexer").run(stop, work))
        await asyncio.wait_for(work.begun.wait(), 10)
        stop.set()
        await task


async def test_a_stop_ends_the_standing_by(postgres_url: str) -> None:
    with open_database(postgres_url) as database:
        stop, first, second = asyncio.Event(), _Work(), _Work()
        holding = asyncio.create_task(Sole(database, "indexer").run(stop, first))
        await asyncio.wait_for(first.begun.wait(), 10)
        stopping, waiting = asyncio.Event(), Sole(database, "indexer")
        task = asyncio.create_task(waiting.run(stopping, second))
        while not waiting.standing_by:
            await asyncio.sleep(0.05)
        stopping.set()
        await asyncio.wait_for(task, 10)
        assert not second.begun.is_set()
        stop.set()
        await holding


async def test_an_sqlite_file_has_one_process_anyway(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'x.db'}") as database:
        work, stop = _Work(), asyncio.Event()
        task = asyncio.create_task(Sole(database, "indexer").run(stop, work))
        await asyncio.wait_for(work.begun.wait(), 10)
        stop.set()
        await task
