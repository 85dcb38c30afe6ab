"""Deltas applied to a snapshot are the state: after a market's whole life, for clients that go and return."""

import asyncio
import json
from collections.abc import Callable
from time import monotonic, sleep
from typing import Any

import pytest

from offchain.database.database import Database
from offchain.live.client import LiveClient, TopicState
from offchain.live.frames import Answer, Delta, Item
from offchain.localnet.endpoints import Endpoints
from offchain.settings.live import LiveSettings
from tests.live.app import Served, served, until
from tests.live.reading import FRAME, Rest
from tests.support.patience import PATIENCE
from tests.support.sent import Sent
from tests.support.world import World
from tests.verify.story import Story

BITE = 4
"""Transactions that may be told at once."""
TOPICS = ("market", "pool", "risk", "claims", "epoch", "position")


class Follower:
    """A client that subscribes to everything of one market, and loses its connection now and then.

    It comes back once a topic has told `absence` frames meanwhile: how long that takes depends on the machine.
    """

    def __init__(self, server: Served, absence: int, market: str, owners: list[str]) -> None:
        self.client = LiveClient(server.url)
        self.states: dict[str, TopicState] = {}
        self.deltas, self._leaves_at = 0, 10
        self._board, self._absence = server.live.hub.board, absence
        self._market, self._owners = market, owners

    async def follow(self, done: Callable[[], bool]) -> None:
        async with self.client:
            for topic in TOPICS:
                self.states[topic] = await self.client.subscribe(topic, market=self._market)
            for owner in self._owners:
                self.states[owner] = await self.client.subscribe("position", owner=owner)
            self.states["everywhere"] = await self.client.subscribe("pool")
            while not done():
                try:
                    async with asyncio.timeout(0.2):
                        await self._next()
                except TimeoutError:
                    continue
                if self.deltas >= self._leaves_at:
                    self._leaves_at += 20
                    await self.client.__aexit__(None, None, None)
                    await self._stay_away(done)
                    await self.client.reconnect()
            # What was sent before this answer has arrived with it.
            await self.client.send({"type": "ping", "id": "last"})
            async with asyncio.timeout(PATIENCE):
                while getattr(await self._next(), "id", None) != "last":
                    pass

    async def _stay_away(self, done: Callable[[], bool]) -> None:
        left = {stream.id: stream.seq for stream in list(self._board)}
        while not done() and all(one.seq < left.get(one.id, 0) + self._absence for one in list(self._board)):
            await asyncio.sleep(0.02)

    async def _next(self) -> Answer:
        frame = await self.client.next()
        self.deltas += isinstance(frame, Delta)
        return frame


@pytest.mark.parametrize(("ring_frames", "absence"), [(256, 2), (2, 3)])
async def test_what_clients_hold_equals_a_fresh_snapshot_and_what_rest_tells(
    database: Database, node: Endpoints, story: Story, ring_frames: int, absence: int
) -> None:
    world, market = story.world, str(story.market.id)
    with served(database, node, lambda: world.now, live=LiveSettings(ring_frames=ring_frames)) as server:
        people = [str(world.user(usdc="1").key), str(story.keeper.key)]
        followers = [Follower(server, absence, market, people) for _ in range(3)]
        finished = asyncio.Event()
        tasks = [asyncio.create_task(follower.follow(finished.is_set)) for follower in followers]
        in_bites(world, server)
        await asyncio.to_thread(story.play)
        await quiet(server, world.local.transactions()[-1].slot)
        finished.set()
        await asyncio.gather(*tasks)
        async with LiveClient(server.url) as fresh:
            await compare(fresh, followers, market)
        with Rest(server.url) as rest:
            shown = expected(rest, market)
            for follower in followers:
                for topic, items in shown.items():
                    assert follower.states[topic].items == items, topic
                assert follower.deltas > 30 and follower.client.reconnects > 0
        assert shown["claims"] and shown["pool"]
        pool = story.market.pool()
        told = shown["pool"][market]
        assert (told["total_shares"], told["generation"]) == (str(pool.total_shares), pool.generation)
        tally = server.live.hub.tally
        assert tally.failures == 0 and tally.healed == 0
        assert (tally.resumed > 0) if ring_frames > 100 else (tally.gaps > 0)


def in_bites(world: World, server: Served) -> None:
    """Let it be told in many frames, however busy the machine: every few transactions wait until those before are."""
    send, told = world.send, server.live.hub.board

    def slower(*instructions: Any, **options: Any) -> Sent:
        landed = world.local.transactions()
        if len(landed) % BITE == 0 and landed:
            until = monotonic() + PATIENCE
            while all(stream.as_of_slot < landed[-1].slot for stream in list(told)):
                assert monotonic() < until, "nothing is told any more"
                sleep(0.01)
        return send(*instructions, **options)

    world.send = slower  # type: ignore[method-assign]


async def compare(fresh: LiveClient, followers: list[Follower], market: str) -> None:
    """The same frames' end, whoever came when."""
    for topic in TOPICS:
        state = await fresh.subscribe(topic, market=market)
        for follower in followers:
            mine = follower.states[topic]
            assert mine.seq == state.seq, (topic, mine.items, state.items)
            assert follower.states[topic].items == state.items, topic


async def quiet(server: Served, slot: int) -> None:
    """Until every topic has been read with everything up to a slot in it, and told."""
    hub, told = server.live.hub, -1
    async with asyncio.timeout(240):
        while any(stream.as_of_slot < slot for stream in list(hub.board)) or told != hub.tally.frames:
            told = hub.tally.frames
            await asyncio.sleep(1.5)


def expected(rest: Rest, market: str) -> dict[str, dict[str, Item]]:
    """By topic what REST says of the market."""
    risk = rest.get(f"/v1/markets/{market}/risk")
    clock = {k: v for k, v in rest.get("/v1/epochs/current").items() if k not in (*FRAME, "now")}
    row = next(one for one in rest.get("/v1/epochs", limit=1)["items"][0]["markets"] if one["market_id"] == market)
    return {
        "market": {market: next(one for one in rest.items("/v1/markets") if one["market_id"] == market)},
        "pool": {market: next(one for one in rest.items("/v1/pools") if one["market_id"] == market)},
        "risk": {market: {k: v for k, v in risk.items() if k not in FRAME}},
        "claims": {one["claim"]: one for one in rest.items("/v1/claims", market=market)},
        "epoch": {"clock": clock, market: row},
    }


async def test_a_position_moves_with_the_price_and_is_gone_when_it_is_closed(story: Story, server: Served) -> None:
    market = story.market
    story.deposits()
    trader = market.trader("5000")
    async with LiveClient(server.url) as client:
        mine = await client.subscribe("position", owner=str(trader.key))
        nonce = market.open(trader, True, "0.5", "500")
        await until(client, lambda: bool(mine.items))
        (key,) = mine.items
        assert key.startswith("perp:") and mine.items[key]["side"] == "long"
        before = json.dumps(mine.items[key])
        story.move("8100")
        await until(client, lambda: mine.items[key]["price"] == str(story.world.last_price))
        assert json.dumps(mine.items[key]) != before
        market.close(trader, nonce)
        await until(client, lambda: not mine.items)


async def test_what_an_owners_positions_add_up_to_follows_deposits_and_is_what_rest_says(
    story: Story, server: Served
) -> None:
    alice = story.world.user(usdc="5000")
    key = f"portfolio:{alice.key}"
    async with LiveClient(server.url) as client:
        mine = await client.subscribe("position", owner=str(alice.key))
        here = await client.subscribe("position", owner=str(alice.key), market=str(story.market.id))
        story.market.deposit(alice, "1000")
        await until(client, lambda: key in mine.items)
        assert mine.items[key]["paid_in"] == "1000000000" and mine.items[key]["positions"] == 1
        story.world.open_market(index=1).deposit(alice, "500")
        await until(client, lambda: mine.items[key]["paid_in"] == "1500000000")
        with Rest(server.url) as rest:
            told = rest.get(f"/v1/providers/{alice.key}")
        assert mine.items[key] == {name: told[name] for name in mine.items[key]}
        assert told["positions"] == 2 and len(here.items) == 1
        assert {item["position"] for item in here.items.values()} < {item["position"] for item in told["items"]}
