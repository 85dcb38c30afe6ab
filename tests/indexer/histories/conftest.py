"""Two runs: the demo's whole recording, and the story that uses every instruction which moves money."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database, open_database
from offchain.demo import run as running
from offchain.demo.candles import read_candles
from offchain.demo.options import Options
from offchain.demo.recording import record
from offchain.demo.result import Result
from offchain.demo.stage import EmbeddedStage
from offchain.demo.view import SilentView
from offchain.demo.window import choose_window, cut
from offchain.indexer.histories.make import TABLES
from offchain.indexer.projections.tables import TableProjections
from offchain.settings.project import load_project
from tests.indexer.histories.evidence import Landed, Watch, decoded
from tests.indexer.histories.twin import Rows
from tests.verify.story import Story

PART = 171
"""Transactions in one database transaction; no divisor of anything."""


@dataclass
class Lived:
    """A run on the chain, and the database that indexed it."""

    landed: list[Landed]
    database: Database
    result: Result | None = None

    def rows(self) -> Rows:
        """All history rows as they are stored."""
        with self.database.reading() as session:
            found: dict[str, list[dict[str, Any]]] = {
                table.name: [dict(row) for row in session.execute(table.select()).mappings()] for table in TABLES
            }
        return {name: {(row["signature"], row["number"]): row for row in rows} for name, rows in found.items()}


def index(landed: list[Landed], database: Database) -> None:
    """Take all events, part by part, as the store does."""
    projections = TableProjections(LOCALNET, load_project().profile("development").parameters)
    for start in range(0, len(landed), PART):
        with database.session() as session:
            part = landed[start : start + PART]
            projections.apply(session, [event for one in part for event in one.events], True)
            session.commit()


@pytest.fixture(scope="session")
def march(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """The demo, March 2020, with two markets."""
    options, watch = Options(), Watch()
    series = read_candles(options.data)
    recording = record(cut(series, choose_window(series, None, None, False)), options.crash_scale)
    stage = EmbeddedStage(recording.start)
    stage.local.listen(watch)
    result = running.play(recording, stage, lambda story: SilentView(), 0.0)
    with open_database(f"sqlite:///{tmp_path_factory.mktemp('march') / 'march.db'}") as database:
        index(watch.landed, database)
        yield Lived(watch.landed, database, result)


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """Claims of every tier, arrears, cancelled, partial and forced withdrawals, a wiped pool."""
    lived, watch = Story(), Watch()
    before = [Landed(one, decoded(one)) for one in lived.world.local.transactions() if one.err is None]
    lived.world.local.listen(watch)
    lived.play()
    landed = [*before, *watch.landed]
    with open_database(f"sqlite:///{tmp_path_factory.mktemp('story') / 'story.db'}") as database:
        index(landed, database)
        yield Lived(landed, database)
