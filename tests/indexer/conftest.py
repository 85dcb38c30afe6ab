"""A market's life behind a port, and what an undisturbed indexer makes of it."""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database, open_database
from offchain.indexer.db_hash import tables_digest
from offchain.indexer.indexer import Indexer
from offchain.indexer.ingest import found, listing
from offchain.indexer.ingest import round as rounds
from offchain.indexer.ingest.backlog import Backlog
from offchain.indexer.store.projections import Projections
from offchain.localnet.server import serving
from offchain.settings.tree import Settings, read_settings
from tests.support.lives import lived_world
from tests.support.world import World


@dataclass
class Life:
    """The chain, its node's addresses, and the digest of an undisturbed run."""

    world: World
    http: str
    ws: str
    digest: str
    tables: dict[str, str]
    """Digest of each table."""


def settings(http: str, ws: str, database: str = "sqlite:///unused.db") -> Settings:
    """Of a process with one node."""
    return replace(read_settings({"database": database}, os.environ), rpc_urls=(http,), ws_url=ws)


def caught_up(http: str, database: Database, projections: Projections | None = None) -> Indexer:
    """An indexer that has stored everything there is, and is closed again."""
    indexer = Indexer(settings(http, "ws://127.0.0.1:1"), database, LOCALNET, projections)

    async def follow() -> None:
        try:
            await indexer.catch_up()
        finally:
            await indexer.close()

    asyncio.run(follow())
    return indexer


@pytest.fixture(scope="session")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    world = lived_world(short=True)
    folder = tmp_path_factory.mktemp("undisturbed")
    with serving(world.local) as endpoints, open_database(f"sqlite:///{folder / 'undisturbed.db'}") as database:
        caught_up(endpoints.http, database)
        yield Life(world, endpoints.http, endpoints.ws, *tables_digest(database))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(f"sqlite:///{tmp_path / 'indexer.db'}") as opened:
        yield opened


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> list[Backlog]:
    """Little is much; gives the backlogs that were made."""
    monkeypatch.setattr(found, "SPILL", 20)
    monkeypatch.setattr(listing, "PAGE", 10)
    monkeypatch.setattr(rounds, "WINDOW", 15)
    made: list[Backlog] = []

    class Noted(Backlog):
        def __init__(self, programs: list[str]) -> None:
            super().__init__(programs)
            made.append(self)

    monkeypatch.setattr(found, "Backlog", Noted)
    return made
