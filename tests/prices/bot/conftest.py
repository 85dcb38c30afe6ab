"""A world whose chain is served on a port, with the feed open."""

from collections.abc import AsyncIterator, Iterator

import pytest

from offchain.database.database import Database
from offchain.localnet.server import serving
from tests.prices.bot.rig import Rig, open_feed, rig
from tests.support.world import World


@pytest.fixture
def url(world: World) -> Iterator[str]:
    """The world's chain."""
    with serving(world.local) as endpoints:
        yield endpoints.http


@pytest.fixture
async def bot(world: World, url: str, database: Database) -> AsyncIterator[Rig]:
    """A bot with one feed."""
    open_feed(world, world.publisher)
    async with rig(world, url, database) as made:
        yield made
