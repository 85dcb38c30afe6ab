"""A database that others lock, or whose server throws everyone out: seen, tried again, and nothing is lost."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

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

Hold = Callable[[], AbstractContextManager[None]]
TIMES = 3
LOCKED_SECONDS = 1.2


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short life takes several database transactions."""
    monkeypatch.setattr(rounds, "CHUNK", 10)


def test_a_locked_file_is_waited_for_again_and_again(
    life: Life, undisturbed: Undisturbed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)
    path = tmp_path / "locked.db"
    status = _disturb(life, f"sqlite:///{path}", undisturbed, lambda: _hold_file(path))
    assert status["errors"]["DatabaseError"] >= TIMES
    assert "another process holds it" in str(status["last_error"])


@contextmanager
def _hold_file(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        time.sleep(LOCKED_SECONDS)
        yield
        other.execute("ROLLBACK")


def test_a_locked_table_is_waited_for(life: Life, undisturbed: Undisturbed, postgres_url: str) -> None:
    status = _disturb(life, postgres_url, undisturbed, lambda: _hold_table(postgres_url))
    assert status["errors"] == {}


@contextmanager
def _hold_table(url: str) -> Iterator[None]:
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE transactions IN ACCESS EXCLUSIVE MODE")
        time.sleep(LOCKED_SECONDS)
        waiting = other.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()
        yield
        other.rollback()
    assert waiting is not None
    assert waiting[0] >= 1, "the indexer has met the lock"


def test_connections_that_the_server_ends_are_opened_again(
    life: Life, undisturbed: Undisturbed, postgres_url: str
) -> None:
    status = _disturb(life, postgres_url, undisturbed, lambda: _throw_out(postgres_url))
    assert status["errors"].get("DatabaseError", 0) >= 1


@contextmanager
def _throw_out(url: str) -> Iterator[None]:
    """While it writes: it waits for a table then, and can be seen doing so."""
    with psycopg.connect(url, autocommit=True) as killer, psycopg.connect(url) as other:
        other.execute("LOCK TABLE transactions IN ACCESS EXCLUSIVE MODE")
        time.sleep(LOCKED_SECONDS)
        killer.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid NOT IN (pg_backend_pid(), %s)",
            (other.info.backend_pid,),
        )
        yield
        other.rollback()


def _disturb(life: Life, url: str, calm: Undisturbed, hold: Hold) -> dict[str, object]:
    """Three times in mid-backfill somebody else holds the database."""
    slow = every(1, "slow", "getTransaction", lambda answer: (time.sleep(0.02), answer)[1])

    async def serve(node: LyingNode, database: Database) -> dict[str, object]:
        indexer, stop = new_indexer(node.url, life.ws, database, life.world.parameters), asyncio.Event()
        task = asyncio.create_task(indexer.run(stop))
        for time_ in range(TIMES):
            share = calm.transactions * time_ // (TIMES + 1)
            await until(lambda share=share: stored(database) >= share, task)
            await asyncio.to_thread(_briefly, hold)
        await until(lambda: stored(database, FINALIZED) == calm.transactions, task)
        stop.set()
        await task
        return indexer.status()

    with open_database(url) as database, LyingNode(life.http, slow).serving() as node:
        status = asyncio.run(serve(node, database))
        assert tables_digest(database) == (calm.digest, calm.tables)
    return status


def _briefly(hold: Hold) -> None:
    with hold():
        pass
