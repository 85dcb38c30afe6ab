"""An indexer killed without warning in mid-backfill, again and again: the digest is an undisturbed run's."""

import random
import subprocess
import sys
import time
from pathlib import Path

from sqlmodel import func, select

from offchain.database.database import Database, open_database
from offchain.database.tables.transaction import Transaction
from offchain.indexer.db_hash import db_hash
from tests.indexer.conftest import Life, caught_up
from tests.support.lying_node import LyingNode

WHOLE = "getTransaction"
DEADLINE = 120.0


def test_killed_in_mid_backfill_again_and_again(life: Life, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'killed.db'}"
    seen = [0]
    with open_database(url) as database, slow(life).serving() as node:
        while len(seen) < 4:
            seen.append(_live_and_die(url, node.url, database, seen[-1]))
        assert seen == sorted(set(seen)), "every life went on where the last one had been killed"
        caught_up(life.http, database)
        assert db_hash(database) == life.digest


def slow(life: Life) -> LyingNode:
    def wait(_node: LyingNode, method: str, _params: list[object], answer: object) -> object:
        time.sleep(0.1 if method == WHOLE else 0)
        return answer

    return LyingNode(life.http, wait)


def _live_and_die(url: str, http: str, database: Database, before: int) -> int:
    command = [sys.executable, "-m", "tests.indexer.process", url, http, "ws://127.0.0.1:1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + DEADLINE
        while _count(database) <= before:
            assert process.poll() is None, "it ended by itself"
            assert time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(random.Random(before).random() * 0.2)
    finally:
        process.kill()
        process.wait()
    return _count(database)


def _count(database: Database) -> int:
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(Transaction)).one()
