"""A database that others lock, or whose server throws everyone out: seen, tried again, and nothing is lost."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from offchain.database import engine
from offchain.database.database import Database, open_database
from offchain.indexer.db_hash import tables_digest
from offchain.indexer.ingest import round as rounds
from offchain.indexer.store.rows import FINALIZED
from tests.indexer.conftest import Life
from tests.indexer.faults.conftest import Undisturbed, stored
from tests.indexer.faults.service import new_indexer, until
from tests.support.lying_node import LyingNode, every
from tests.support.patience import wait_until

Errors = Callable[[], int]
"""How often the indexer has met an error of the database so far."""
TIMES = 3


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short life takes several database transactions."""
    monkeypatch.setattr(rounds, "CHUNK", 10)


def test_a_locked_file_is_waited_for_again_and_again(
    life: Life, undisturbed: Undisturbed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)
    path = tmp_path / "locked.db"

    def lock(errors: Errors) -> None:
        before = errors()
        with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            wait_until(lambda: errors() > before, "the indexer's failure")
            other.execute("ROLLBACK")

    status = disturb(life, f"sqlite:///{path}", undisturbed, lock)
    assert status["errors"]["DatabaseError"] >= TIMES
    assert "another process holds it" in status["last_error"]


def test_a_locked_table_is_waited_for(life: Life, undisturbed: Undisturbed, postgres_url: str) -> None:
    def lock(_errors: Errors) -> None:
        with table_locked(postgres_url):
            pass

    assert disturb(life, postgres_url, undisturbed, lock)["errors"] == {}


def test_connections_that_the_server_ends_are_opened_again(
    life: Life, undisturbed: Undisturbed, postgres_url: str
) -> None:
    def end(errors: Errors) -> None:
        before = errors()
        with psycopg.connect(postgres_url, autocommit=True) as killer, table_locked(postgres_url) as own:
            killer.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid NOT IN (pg_backend_pid(), %s)",
                (own,),
            )
            wait_until(lambda: errors() > before, "the indexer's failure")

    assert disturb(life, postgres_url, undisturbed, end)["errors"]["DatabaseError"] >= TIMES


@contextmanager
def table_locked(url: str) -> Iterator[int]:
    """From when the indexer waits for it; gives the number of the server's process that holds it."""
    with psycopg.connect(url) as other, psycopg.connect(url, autocommit=True) as watcher:
        other.execute("LOCK TABLE transactions IN ACCESS EXCLUSIVE MODE")

        def waited_for() -> bool:
            row = watcher.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()
            return row is not None and row[0] > 0

        wait_until(waited_for, "the indexer's wait")
        watcher.close()
        yield other.info.backend_pid
        other.rollback()


def disturb(life: Life, url: str, calm: Undisturbed, fault: Callable[[Errors], None]) -> dict[str, Any]:
    """Three times in mid-backfill something happens to the database; the indexer's last status."""
    slow = every(1, "slow", "getTransaction", lambda answer: (time.sleep(0.02), answer)[1])

    async def serve(node: LyingNode, database: Database) -> dict[str, Any]:
        indexer, stop = new_indexer(node.url, life.ws, database, life.world.parameters), asyncio.Event()
        task = asyncio.create_task(indexer.run(stop))
        for number in range(TIMES):
            share = calm.transactions * number // (TIMES + 1)
            await until(lambda share=share: stored(database) >= share, task)
            await asyncio.to_thread(fault, lambda: indexer.status()["errors"].get("DatabaseError", 0))
        await until(lambda: stored(database, FINALIZED) == calm.transactions, task)
        stop.set()
        await task
        return indexer.status()

    with open_database(url) as database, LyingNode(life.http, slow).serving() as node:
        status = asyncio.run(serve(node, database))
        assert tables_digest(database) == (calm.digest, calm.tables)
    return status
