"""A chain that drops a slot: clients are told, and what they show is what remains."""

import shutil
from pathlib import Path

from offchain.database.database import Database
from offchain.live.client import LiveClient
from offchain.localnet.chain import LocalChain
from offchain.localnet.endpoints import Endpoints
from offchain.localnet.server import serving
from tests.live.app import served, until
from tests.support.lying_node import LyingNode, final_up_to
from tests.verify.story import Story


async def test_clients_hear_that_a_slot_was_dropped_and_then_show_the_other_future(
    database: Database, tmp_path: Path
) -> None:
    story, other = Story(), Story()
    world = story.world
    lp, lost, third = (world.user(usdc="50000") for _ in range(3))
    story.market.deposit(lp, "20000")
    past = world.local.transactions()[-1].slot
    world.local.save(tmp_path / "past.sqlite")
    story.market.deposit(lost, "10000")
    other.world.local.close()
    shutil.copy(tmp_path / "past.sqlite", tmp_path / "other.sqlite")
    other.world.local = LocalChain(clock="driven", state=tmp_path / "other.sqlite")
    other.world.chain.local = other.world.local
    other.world._pairs.update(world._pairs)
    market = str(story.market.id)
    with (
        serving(world.local) as first,
        serving(other.world.local) as second,
        LyingNode(first.http, final_up_to(lambda: past)).serving() as node,
        served(database, Endpoints(node.url, "ws://127.0.0.1:1"), lambda: world.now) as server,
    ):
        async with LiveClient(server.url) as client:
            pool = await client.subscribe("pool", market=market)
            hers = await client.subscribe("position", owner=str(lost.key))
            status = await client.subscribe("status")
            await until(client, lambda: bool(hers.items))
            seq, before = pool.seq, str(pool.items)
            other.market.deposit(third, "5000")
            node.target = second.http
            await until(client, lambda: pool.reason == "rolled_back" and hers.reason == "rolled_back")
            assert hers.items == {}, "her deposit did not happen"
            assert pool.seq > seq and status.reason == "subscribed"
            slot = other.world.local.transactions()[-1].slot
            await until(client, lambda: pool.as_of_slot >= slot)
            assert str(pool.items) != before
            assert server.live.hub.tally.rollbacks >= 1
            async with LiveClient(server.url) as fresh:
                again = await fresh.subscribe("pool", market=market)
                assert again.items == pool.items
    other.world.local.close()
