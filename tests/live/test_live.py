"""Live updates of a real chain through a real server."""

import asyncio
from collections.abc import Callable

from offchain.live.client import LiveClient
from tests.live.app import Served
from tests.support.world import World


async def until(client: LiveClient, true: Callable[[], bool], seconds: float = 10) -> None:
    """Take frames until something holds."""
    async with asyncio.timeout(seconds):
        while not true():
            await client.next()


async def test_a_subscription_begins_with_a_snapshot_and_a_deposit_arrives_as_a_delta(
    world: World, server: Served
) -> None:
    lp = world.user(usdc="50000")
    market = str(world.market.id)
    async with LiveClient(server.url) as client:
        pool = await client.subscribe("pool", market=market)
        await until(client, lambda: market in str(pool.items))
        world.market.deposit(lp, "20000")
        await until(client, lambda: "20000000000" in str(pool.items))
        assert pool.reason == "subscribed" and pool.seq > 0
