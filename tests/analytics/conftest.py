"""A market's whole life with failures of several kinds, indexed into databases of both kinds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from offchain.chain.addresses import LOCALNET
from offchain.chain.instructions import insurance_pool, risk_engine
from offchain.database.database import Database, open_database
from offchain.indexer.projections.tables import TableProjections
from offchain.localnet.server import serving
from tests.indexer.conftest import caught_up
from tests.processor.conftest import PARAMETERS, Recorded, march, recorded
from tests.support.lives import lived_world
from tests.support.postgres import postgres, postgres_url

__all__ = ["march", "postgres", "postgres_url"]


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """Every instruction that moves money, and eight failed transactions of four kinds."""
    world = lived_world()
    market, poor = world.market, world.user(usdc="10")
    for _ in range(4):
        with world.expect_error("E_MIN_DEPOSIT"):
            market.deposit(poor, "1")
    for _ in range(2):
        with world.expect_error("E_EPOCH"):
            deposit = insurance_pool.deposit(poor.key, market.id, poor.token, 10_000_000, 1, world.epoch + 7)
            world.send(deposit, payer=poor)
    with world.expect_error("E_AUTHORITY"):
        world.send(risk_engine.push_price(poor.key, world.feed, 1_000_000, 1, world.now), payer=poor)
    return recorded(world.local, tmp_path_factory.mktemp("analytics"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, lived: Recorded, tmp_path: Path) -> Iterator[Database]:
    """The same index on each kind, free to be altered."""
    if request.param == "sqlite":
        with lived.copy(tmp_path) as opened:
            yield opened
        return
    url = str(request.getfixturevalue("postgres_url"))
    with serving(lived.chain) as endpoints, open_database(url) as opened:
        caught_up(endpoints.http, opened, TableProjections(LOCALNET, PARAMETERS))
        yield opened
