"""Killed with signal 9 in each phase of a round: what was not committed is not there, and the digest is the same."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database, open_database
from offchain.indexer.db_hash import tables_digest
from offchain.indexer.projections.tables import TableProjections
from offchain.settings.project import load_project
from tests.indexer.conftest import Life, caught_up
from tests.indexer.faults.conftest import Undisturbed, stored
from tests.indexer.process import PHASES
from tests.indexer.projections.lived import lived
from tests.indexer.test_dropped import Fork, forked
from tests.support.lying_node import LyingNode, final_up_to
from tests.support.patience import PATIENCE

PARAMETERS = load_project().profile("development").parameters
BACKFILL = [phase for phase in PHASES if phase not in ("settling", "taking back", "taken back")]
PARTS = {"surveyed": 0, "ordered": 0, "committed": 2}
"""Parts of ten transactions that are committed when the process dies in a phase; one in all others."""


@pytest.fixture
def fork(tmp_path: Path) -> Iterator[Fork]:
    """With the past from its first event on, so that there are projections."""
    with forked(lived, tmp_path) as found:
        yield found


def killed_in(phase: str, url: str, http: str, tmp_path: Path) -> None:
    """Start an indexer, wait until it stands in the phase, kill it."""
    marker = tmp_path / f"{phase} was reached"
    command = [sys.executable, "-m", "tests.indexer.process", url, http, "ws://127.0.0.1:1", phase, str(marker)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + PATIENCE
        while not marker.exists():
            assert process.poll() is None, process.stderr and process.stderr.read()
            assert time.monotonic() < deadline, phase
            time.sleep(0.02)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == -signal.SIGKILL


def test_killed_in_each_phase_of_a_backfill(life: Life, undisturbed: Undisturbed, url: str, tmp_path: Path) -> None:
    seen = 0
    with open_database(url) as database:
        for phase in BACKFILL:
            killed_in(phase, url, life.http, tmp_path)
            assert stored(database) == seen + 10 * PARTS.get(phase, 1), phase
            seen = stored(database)
        assert seen < undisturbed.transactions
        caught_up(life.http, database, TableProjections(LOCALNET, life.world.parameters))
        assert tables_digest(database) == (undisturbed.digest, undisturbed.tables)


def test_killed_while_slots_are_taken_back_and_settled(fork: Fork, url: str, tmp_path: Path) -> None:
    final = [fork.past]
    with open_database(url) as database, LyingNode(fork.one, final_up_to(lambda: final[0])).serving() as node:
        projected(node.url, database)
        before = tables_digest(database)
        node.target = fork.other
        killed_in("taking back", url, node.url, tmp_path)
        assert tables_digest(database) == before, "nothing was committed"
        killed_in("taken back", url, node.url, tmp_path)
        assert tables_digest(database) != before
        projected(node.url, database)
        final[0] = 1 << 60
        killed_in("settling", url, node.url, tmp_path)
        projected(node.url, database)
        with open_database(f"sqlite:///{tmp_path / 'straight.db'}") as straight:
            projected(fork.other, straight)
            assert tables_digest(database) == tables_digest(straight)


def projected(http: str, database: Database) -> None:
    caught_up(http, database, TableProjections(LOCALNET, PARAMETERS))
