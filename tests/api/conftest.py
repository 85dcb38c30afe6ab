"""An index of a market's whole life on a real chain, and the API over it."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from offchain.api.context import ApiContext
from offchain.api.options import ApiOptions
from offchain.api.plugin import ApiPlugin
from offchain.api.routes import ROUTES
from offchain.chain.addresses import LOCALNET
from offchain.chain.backends.embedded import EmbeddedChain
from offchain.chain.directory import Directory, load_directory
from offchain.chain.market_view import MarketView
from offchain.database.database import Database, open_database
from offchain.indexer.indexer import Indexer
from offchain.indexer.projections.tables import TableProjections
from offchain.localnet.server import serving
from offchain.prices.service import PriceService
from offchain.prices.sources.configured import configured_sources
from offchain.processor.processor import Processor
from offchain.settings.prices import PairSettings, PriceSettings
from offchain.settings.project import load_project
from offchain.settings.tree import Settings
from tests.indexer.conftest import settings
from tests.support.keys import User
from tests.support.lives import play_on
from tests.verify.story import Story

UNLIMITED = ApiOptions(rate=0)


@dataclass
class Lived:
    """The chain at the end of its story, and what the API may be compared with."""

    story: Story
    directory: Directory
    provider: User
    leaving: User
    """Has an open request."""
    long: User
    short: User
    settings: Settings
    database: Database

    @property
    def market(self) -> MarketView:
        """Its only market, read from the chain by the client."""
        return self.directory.markets()[0]

    @property
    def id(self) -> str:
        """The market_id."""
        return str(self.story.market.id)

    @property
    def epoch(self) -> int:
        """The chain's."""
        return self.story.world.epoch

    def context(self, database: Database | None = None) -> ApiContext:
        """Of a process that reads this index."""
        world = self.story.world
        return ApiContext(
            settings=self.settings,
            project=load_project(),
            at=LOCALNET,
            parameters=world.parameters,
            database=database or self.database,
            now=lambda: world.now,
            chain=None,
        )


def api(context: ApiContext, options: ApiOptions = UNLIMITED) -> Litestar:
    """The app with nothing but the reading routes."""
    return Litestar(ROUTES, plugins=[ApiPlugin(context, options)], logging_config=None)


class HourlyClock:
    """An hour passes at each look."""

    def __init__(self, start: int) -> None:
        self.ms = start * 1_000

    async def now_ms(self) -> int:
        self.ms += 3_600_000
        return self.ms


async def capture(database: Database, start: int) -> None:
    """Thirty hours of the recording, by the real service."""
    pairs = {"BTC/USD": PairSettings(recording="btc_usd_1h_2020-01-17_2020-04-09.csv")}
    chosen = PriceSettings(capture_ms=100, timeout_ms=100, pairs=pairs, speed=1)
    clock = HourlyClock(start)
    service = PriceService(chosen, configured_sources(chosen, "localnet", database, clock.ms), database, clock)
    for _ in range(30):
        await service.capture()


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    story = Story()
    story.play()
    people = play_on(story)
    world = story.world
    folder: Path = tmp_path_factory.mktemp("api")
    with serving(world.local) as endpoints, open_database(f"sqlite:///{folder / 'api.db'}") as database:
        chosen = settings(endpoints.http, endpoints.ws)
        indexer = Indexer(chosen, database, LOCALNET, TableProjections(LOCALNET, world.parameters))

        async def follow() -> None:
            try:
                await indexer.catch_up()
            finally:
                await indexer.close()
            await capture(database, world.now - 30 * 3_600)

        asyncio.run(follow())
        assert Processor(database, world.parameters, sol_price=150_000_000).refresh()
        directory = load_directory(EmbeddedChain(world.local))
        yield Lived(story, directory, *people, settings=replace(chosen), database=database)


@pytest.fixture(scope="session")
def client(lived: Lived) -> Iterator[TestClient[Litestar]]:
    with TestClient(api(lived.context()), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def get(client: TestClient[Litestar]) -> Any:
    """A GET that has to succeed."""

    def asked(path: str, **parameters: Any) -> Any:
        answer = client.get(f"/v1/{path}", params=parameters)
        assert answer.status_code == 200, (path, answer.text)
        return answer.json()

    return asked
