"""Two recorded lives, indexed: the demo's March 2020, and a story in which a pool is wiped out and then left by all."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from offchain.chain.addresses import LOCALNET
from offchain.chain.events.base import Event
from offchain.database.database import Database, open_database
from offchain.demo import run as running
from offchain.demo.candles import read_candles
from offchain.demo.options import Options
from offchain.demo.recording import record
from offchain.demo.stage import EmbeddedStage
from offchain.demo.view import SilentView
from offchain.demo.window import choose_window, cut
from offchain.indexer.projections.moment import Moment
from offchain.indexer.projections.tables import TableProjections
from offchain.localnet.chain import LocalChain
from offchain.localnet.server import serving
from offchain.settings.project import load_project
from tests.indexer.conftest import caught_up
from tests.indexer.projections.audited import events_of
from tests.support.lives import lived_world

PARAMETERS = load_project().profile("development").parameters


@dataclass
class Recorded:
    """A chain with its whole history, its events read from the logs alone, and a database that indexed it."""

    chain: LocalChain
    events: list[tuple[Event, Moment]]
    file: Path

    @property
    def now(self) -> int:
        """Unix time of the newest transaction of ours."""
        return self.events[-1][1].time

    def open(self) -> Database:
        """The database; nobody may alter it."""
        return open_database(f"sqlite:///{self.file}")

    def copy(self, folder: Path) -> Database:
        """One of its own, to be altered."""
        shutil.copy(self.file, folder / "altered.db")
        return open_database(f"sqlite:///{folder / 'altered.db'}")


def recorded(chain: LocalChain, folder: Path) -> Recorded:
    file = folder / "indexed.db"
    with serving(chain) as endpoints, open_database(f"sqlite:///{file}") as database:
        caught_up(endpoints.http, database, TableProjections(LOCALNET, PARAMETERS))
    return Recorded(chain, list(events_of(chain)), file)


@pytest.fixture(scope="session")
def march(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """Ten days, two markets, six claims."""
    options = Options()
    series = read_candles(options.data)
    recording = record(cut(series, choose_window(series, None, None, False)), options.crash_scale)
    stage = EmbeddedStage(recording.start)
    running.play(recording, stage, lambda story: SilentView(), 0.0)
    return recorded(stage.local, tmp_path_factory.mktemp("march"))


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """Every instruction that moves money, and a deposit that fails."""
    return recorded(lived_world().local, tmp_path_factory.mktemp("story"))


@pytest.fixture
def march_database(march: Recorded) -> Iterator[Database]:
    with march.open() as database:
        yield database


@pytest.fixture
def story_database(story: Recorded) -> Iterator[Database]:
    with story.open() as database:
        yield database
