"""A client that lost its connection gets what it missed, or everything anew."""

import asyncio
from dataclasses import replace

from msgspec.json import encode

from offchain.database.database import Database
from offchain.live.client import LiveClient
from offchain.live.frames import Since, Subscribe
from offchain.localnet.endpoints import Endpoints
from offchain.settings.live import LiveSettings
from tests.live.app import Served, answer, raw, served, until
from tests.support.patience import PATIENCE
from tests.verify.story import Story


async def test_missed_frames_are_sent_again_after_a_lost_connection(story: Story, server: Served) -> None:
    market, lp = str(story.market.id), story.world.user(usdc="50000")
    async with LiveClient(server.url) as watcher, LiveClient(server.url) as client:
        seen = await watcher.subscribe("pool", market=market)
        mine = await client.subscribe("pool", market=market)
        await until(watcher, lambda: bool(seen.items))
        await until(client, lambda: mine.seq == seen.seq)
        await client.__aexit__(None, None, None)
        for _ in range(3):
            seq = seen.seq
            story.market.deposit(lp, "1000")
            story.world.advance(epochs=1)
            await until(watcher, lambda seq=seq: seen.seq > seq)
        stream = mine.stream
        await client.reconnect()
        await until(client, lambda: mine.seq >= seen.seq)
        assert (mine.stream, mine.reason) == (stream, "subscribed"), "a snapshot came instead of what was missed"
        assert mine.items == seen.items
        assert server.live.hub.tally.resumed == 1


async def test_what_is_no_longer_kept_gives_a_snapshot_that_says_so(
    story: Story, indexed: Database, node: Endpoints
) -> None:
    market, lp = str(story.market.id), story.world.user(usdc="50000")
    with served(indexed, node, lambda: story.world.now, live=LiveSettings(ring_frames=1)) as server:
        async with LiveClient(server.url) as watcher, LiveClient(server.url) as client:
            seen = await watcher.subscribe("pool", market=market)
            mine = await client.subscribe("pool", market=market)
            await until(watcher, lambda: bool(seen.items))
            await until(client, lambda: mine.seq == seen.seq)
            await client.__aexit__(None, None, None)
            for _ in range(2):
                seq = seen.seq
                story.market.deposit(lp, "1000")
                story.world.advance(epochs=1)
                await until(watcher, lambda seq=seq: seen.seq > seq)
            await client.reconnect()
            await until(client, lambda: mine.seq >= seen.seq)
            assert mine.reason == "gap" and mine.items == seen.items
            assert server.live.hub.tally.gaps == 1


async def test_another_process_or_a_number_of_the_future_gives_a_snapshot(story: Story, server: Served) -> None:
    async with LiveClient(server.url) as client:
        pool = await client.subscribe("pool", market=str(story.market.id))
        await until(client, lambda: bool(pool.items))
        for since in (Since("another", pool.seq), Since(pool.stream, pool.seq + 1), Since(pool.stream, -5)):
            socket = await raw(server.url)
            await socket.send(encode(Subscribe("pool", market=str(story.market.id), since=since)).decode())
            assert (await answer(socket))["resumed"] is False
            assert (await answer(socket))["reason"] == "gap"
            await socket.close()


async def test_a_topic_that_nobody_came_back_to_is_forgotten(story: Story, database: Database, node: Endpoints) -> None:
    limits = replace(LiveSettings(), linger_seconds=1)
    with served(database, node, lambda: story.world.now, live=limits) as server:
        socket = await raw(server.url)
        await socket.send('{"type":"subscribe","topic":"pool"}')
        assert (await answer(socket))["type"] == "subscribed"
        assert len(server.live.hub.board) == 1
        await socket.close()
        async with LiveClient(server.url) as client:
            await client.subscribe("status")
            async with asyncio.timeout(PATIENCE):
                while len(server.live.hub.board) != 1:
                    await asyncio.sleep(0.1)
            assert [stream.topic.key for stream in server.live.hub.board] == ["status"]
