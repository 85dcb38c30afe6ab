"""An indexer killed without warning in mid-backfill, again and again: the digest is an undisturbed run's."""

import random
import subprocess
import sys
import time
from pathlib import Path
from threading import Lock
from typing import Any

from sqlmodel import func, select

from offchain.database.database import Database, open_database
from offchain.database.tables.transaction import Transaction
from offchain.indexer.db_hash import db_hash
from tests.indexer.conftest import Life, caught_up
from tests.support.lying_node import LostError, LyingNode
from tests.support.patience import PATIENCE

WHOLE = "getTransaction"
DEADLINE = 2 * PATIENCE
RATION = 20
"""Transactions that the node shows in one life, two parts of what the indexer stores at once: were this process to
stand still for some seconds, a life would see everything, and nothing would be left for the next."""


class Rationing:
    """Shows whole transactions slowly, and only so many."""

    def __init__(self) -> None:
        self.left = 0
        self._lock = Lock()

    def __call__(self, _node: LyingNode, method: str, _params: list[Any], answer: Any) -> Any:
        if method != WHOLE:
            return answer
        time.sleep(0.1)
        with self._lock:
            self.left -= 1
            if self.left < 0:
                raise LostError
        return answer


def test_killed_in_mid_backfill_again_and_again(life: Life, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'killed.db'}"
    seen, rationing = [0], Rationing()
    with open_database(url) as database, LyingNode(life.http, rationing).serving() as node:
        while len(seen) < 4:
            rationing.left = RATION
            seen.append(_live_and_die(url, node.url, database, seen[-1]))
        assert seen == sorted(set(seen)), "every life went on where the last one had been killed"
        caught_up(life.http, database)
        assert db_hash(database) == life.digest


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
