"""Live updates of a real chain through a real server."""

import pytest

from offchain.database.database import Database
from offchain.live.client import LiveClient, LiveClientError
from offchain.live.frames import Delta, Ping, Pong, Snapshot
from offchain.localnet.endpoints import Endpoints
from tests.live.app import Served, nudges_alone, served, taken, until
from tests.verify.story import Story


async def test_a_subscription_begins_with_a_snapshot_and_a_deposit_arrives_as_a_delta(
    story: Story, server: Served
) -> None:
    market = str(story.market.id)
    lp = story.world.user(usdc="50000")
    async with LiveClient(server.url) as client:
        pool = await client.subscribe("pool", market=market)
        await until(client, lambda: bool(pool.items))
        assert pool.reason == "subscribed"
        before = pool.seq
        story.market.deposit(lp, "20000")
        slot = story.world.local.transactions()[-1].slot
        await until(client, lambda: pool.as_of_slot >= slot)
        assert pool.seq > before
        assert client.topics == {f"pool:{market}": pool}


async def test_two_providers_see_their_own_positions_only(story: Story, server: Served) -> None:
    alice, bob = story.world.user(usdc="5000"), story.world.user(usdc="5000")
    async with LiveClient(server.url) as first, LiveClient(server.url) as second:
        hers = await first.subscribe("position", owner=str(alice.key))
        his = await second.subscribe("position", owner=str(bob.key))
        story.market.deposit(alice, "1000")
        story.market.deposit(bob, "2000")
        await until(first, lambda: bool(hers.items))
        await until(second, lambda: bool(his.items))
        for state, owner, other in ((hers, alice, bob), (his, bob, alice)):
            assert len(state.items) == 2 and f"portfolio:{owner.key}" in state.items
            assert str(owner.key) in str(state.items) and str(other.key) not in str(state.items)
        assert list(first.topics) == [f"position:owner={alice.key}"]


async def test_positions_of_a_market_and_an_owner_at_once_are_those_of_both(story: Story, server: Served) -> None:
    world = story.world
    second = world.open_market(index=1)
    alice = world.user(usdc="5000")
    story.market.deposit(alice, "1000")
    second.deposit(alice, "2000")
    async with LiveClient(server.url) as client:
        everywhere = await client.subscribe("position", owner=str(alice.key))
        there = await client.subscribe("position", owner=str(alice.key), market=str(second.id))
        of_market = await client.subscribe("position", market=str(second.id))
        await until(client, lambda: len(everywhere.items) == 3 and bool(there.items) and bool(of_market.items))
        assert len(there.items) == 1 and there.items == of_market.items
        assert set(there.items) < set(everywhere.items)


async def test_a_client_of_another_market_hears_nothing_of_this_one(story: Story, server: Served) -> None:
    world = story.world
    second = world.open_market(index=1)
    async with LiveClient(server.url) as client:
        here = await client.subscribe("pool", market=str(story.market.id))
        there = await client.subscribe("pool", market=str(second.id))
        await until(client, lambda: bool(here.items) and bool(there.items))
        assert len(here.items) == len(there.items) == 1 and here.items != there.items
        before = there.seq
        story.market.deposit(world.user(usdc="5000"), "1000")
        seq = here.seq
        await until(client, lambda: here.seq > seq)
        assert there.seq == before


async def test_a_client_that_came_before_the_history_was_indexed_is_told_it(
    story: Story, database: Database, node: Endpoints
) -> None:
    lp = story.world.user(usdc="5000")
    story.market.deposit(lp, "1000")
    with served(database, node, lambda: story.world.now) as server:
        async with LiveClient(server.url) as client:
            hers = await client.subscribe("position", owner=str(lp.key))
            await until(client, lambda: bool(hers.items))


async def test_after_unsubscribing_no_frame_comes(story: Story, server: Served) -> None:
    market, lp = str(story.market.id), story.world.user(usdc="5000")
    async with LiveClient(server.url) as client, LiveClient(server.url) as witness:
        pool = await client.subscribe("pool", market=market)
        seen = await witness.subscribe("pool", market=market)
        await client.unsubscribe(pool)
        story.market.deposit(lp, "1000")
        slot = story.world.local.transactions()[-1].slot
        await until(witness, lambda: seen.as_of_slot >= slot)
        # Frames of one connection keep their order: what the deposit caused would stand before this answer.
        await client.send(Ping("last"))
        frames = [frame async for frame in taken(client, lambda frame: isinstance(frame, Pong))]
        assert not [frame for frame in frames if isinstance(frame, Snapshot | Delta)]
        assert pool.as_of_slot < slot
        await client.reconnect()
        assert client.topics == {}
        with pytest.raises(LiveClientError, match="not subscribed"):
            await client.unsubscribe(pool)


async def test_what_happened_is_told_at_once_not_at_the_next_refresh(
    story: Story, indexed: Database, node: Endpoints
) -> None:
    alice = story.world.user(usdc="50000")
    with nudges_alone(), served(indexed, node, lambda: story.world.now) as server:
        async with LiveClient(server.url) as client:
            pool = await client.subscribe("pool", market=str(story.market.id))
            await until(client, lambda: bool(pool.items))
            for _ in range(3):
                seq = pool.seq
                story.market.deposit(alice, "1000")
                story.world.advance(epochs=1)
                await until(client, lambda seq=seq: pool.seq > seq)
