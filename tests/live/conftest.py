"""A served world: chain, indexer and live updates, and the database they share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database, open_database
from offchain.indexer.projections.tables import TableProjections
from offchain.localnet.endpoints import Endpoints
from offchain.localnet.server import serving
from offchain.settings.project import load_project
from tests.indexer.conftest import caught_up
from tests.live.app import Served, served
from tests.support.postgres import postgres, postgres_url
from tests.support.world import World
from tests.verify.story import Story

__all__ = ["postgres", "postgres_url"]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(f"sqlite:///{tmp_path / 'live.db'}") as opened:
        yield opened


@pytest.fixture
def story() -> Story:
    """A world with its whole history on the chain, from the first instruction on."""
    return Story()


@pytest.fixture
def world(story: Story) -> World:
    return story.world


@pytest.fixture
def node(world: World) -> Iterator[Endpoints]:
    with serving(world.local) as endpoints:
        yield endpoints


@pytest.fixture
def indexed(database: Database, node: Endpoints) -> Database:
    """With the whole history, so that only what a test does is news."""
    caught_up(node.http, database, TableProjections(LOCALNET, load_project().profile("development").parameters))
    return database


@pytest.fixture
def server(world: World, indexed: Database, node: Endpoints) -> Iterator[Served]:
    with served(indexed, node, lambda: world.now) as found:
        yield found


@pytest.fixture
def idle_server(database: Database) -> Iterator[Served]:
    """Without a chain: for what does not depend on what is shown."""
    with served(database) as found:
        yield found
