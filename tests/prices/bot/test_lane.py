"""The price bot on a real chain, second by second: when it writes, and what it does when it is refused or cut off."""

from contextlib import ExitStack
from typing import Any

import pytest
from solders.transaction import VersionedTransaction

from offchain.chain.backends.base import Outcome
from offchain.chain.backends.failover import FailoverChain
from offchain.chain.backends.rpc import RpcError
from offchain.chain.instructions import risk_engine
from offchain.chain.oracles.feed_ids import publisher_feed
from offchain.database.database import Database
from offchain.localnet.server import serving
from offchain.prices.bot.due import Offer
from offchain.prices.errors import PriceError
from offchain.prices.quote import Quote
from tests.prices.bot.rig import PAIR, Rig, open_feed, rig
from tests.support.world import World

USD = 10**6
FLAT = 8_000 * USD


async def test_a_quiet_price_is_written_about_once_a_minute(bot: Rig) -> None:
    await bot.run(240, FLAT)
    assert bot.pushed == [(0, "first"), (55, "age"), (110, "age"), (165, "age"), (220, "age")]
    feed = bot.feed()
    assert (feed.updates, feed.price, feed.conf) == (5, FLAT, FLAT // 2_000)
    assert feed.publish_time == bot.started + 220
    assert bot.bot.status().counts == {"landed": 5}


async def test_a_move_of_a_tenth_of_a_percent_is_written_at_once(bot: Rig) -> None:
    await bot.run(10, FLAT)
    await bot.run(5, FLAT + 8 * USD - 1)
    await bot.run(5, FLAT + 8 * USD)
    await bot.run(5, FLAT + 16 * USD)  # 8 of 8 008 is less
    await bot.run(5, FLAT - 1 * USD)
    assert bot.pushed == [(0, "first"), (15, "move"), (25, "move")]
    assert bot.feed().price == FLAT - USD


async def test_after_a_step_a_second_price_lets_liquidations_see_it(bot: Rig) -> None:
    await bot.run(30, FLAT)
    await bot.run(40, FLAT * 98 // 100)
    assert bot.pushed == [(0, "first"), (30, "move"), (50, "settle")]
    feed = bot.feed()
    assert feed.lag_price == feed.price == FLAT * 98 // 100


async def test_a_provisional_price_is_confirmed_as_soon_as_it_can_be(bot: Rig) -> None:
    await bot.run(30, FLAT)
    await bot.run(1, FLAT * 70 // 100)
    assert bot.feed().provisional
    await bot.run(70, FLAT * 70 // 100)
    assert bot.pushed == [(0, "first"), (30, "move"), (50, "settle"), (90, "confirm")]
    assert not bot.feed().provisional


async def test_one_price_is_never_sent_twice(bot: Rig) -> None:
    bot.say(FLAT)
    for _ in range(5):
        await bot.round()
    assert bot.pushed == [(0, "first")]
    bot.say(FLAT * 2)  # another price of the same second
    await bot.round()
    assert [row.state for row in bot.pushes()] == ["landed"]
    assert bot.feed().updates == 1


async def test_the_time_of_a_price_is_the_chains(bot: Rig) -> None:
    # The source's clock runs three seconds ahead.
    for _ in range(60):
        bot.quotes[PAIR] = Quote(PAIR, "pyth", FLAT, 0, bot.world.now + 3)
        await bot.round()
        bot.world.advance(1)
    assert bot.pushed == [(0, "first"), (55, "age")]
    assert bot.feed().publish_time == bot.started + 55


async def test_a_price_older_than_a_minute_is_not_sent(bot: Rig) -> None:
    bot.say(FLAT, age=61)
    await bot.run(3)
    assert bot.pushes() == []
    assert bot.bot.status().feeds[0].message == "there is no fresh price"
    await bot.run(1, FLAT)
    assert bot.pushed == [(3, "first")]
    assert bot.bot.status().feeds[0].message == ""


async def test_without_a_price_nothing_happens(bot: Rig) -> None:
    await bot.run(3)
    assert bot.pushes() == []


async def test_somebody_elses_price_counts(bot: Rig) -> None:
    await bot.run(40, FLAT)
    world = bot.world
    world.send(risk_engine.push_price(bot.publisher.key, bot.bot.lanes[0].feed, FLAT, 0, world.now))
    await bot.run(60, FLAT)
    assert bot.pushed == [(0, "first"), (95, "age")]


async def test_a_refusal_is_counted_by_its_code_and_the_next_price_goes_out(
    world: World, url: str, database: Database
) -> None:
    """Another publisher is faster by a moment: after the bot has looked, before it sends."""
    open_feed(world, world.publisher)
    feed = world.at.feed(publisher_feed(PAIR))

    class Overtaken(FailoverChain):
        left = 2

        async def simulate(self, transaction: VersionedTransaction) -> Outcome:
            if self.left:
                self.left -= 1
                world.send(risk_engine.push_price(world.publisher.key, feed, FLAT, 0, world.now))
            return await super().simulate(transaction)

    chain = Overtaken([url])
    async with rig(world, url, database, chain=chain) as bot:
        await bot.run(70, FLAT * 9 // 10)
        await chain.close()
        assert bot.bot.status().counts == {"E_PRICE_OLD": 2, "landed": 2}
        assert [(row.state, row.code) for row in bot.pushes()] == [
            *[("refused", "E_PRICE_OLD")] * 2,
            *[("landed", "")] * 2,
        ]
        assert bot.feed().price == FLAT * 9 // 10


async def test_the_node_goes_away_and_comes_back(world: World, database: Database) -> None:
    open_feed(world, world.publisher)
    with ExitStack() as first:
        url = first.enter_context(serving(world.local)).http
        async with rig(world, url, database) as bot:
            await bot.run(10, FLAT)
            first.close()
            await bot.run(20, FLAT * 2 // 3)
            assert bot.feed().price == FLAT
            assert bot.bot.status().counts == {"landed": 1, "RPC": 5}, "asked again after 1, 2, 4 and 8 rounds"
            assert "fails" in bot.bot.status().feeds[0].message
            with serving(world.local, int(url.rpartition(":")[2])):
                await bot.run(40, FLAT * 2 // 3)
            assert bot.feed().price == FLAT * 2 // 3
            assert bot.bot.status().feeds[0].message == ""


async def test_an_answer_that_is_lost_does_not_make_it_send_again(world: World, url: str, database: Database) -> None:
    open_feed(world, world.publisher)

    class Deaf(FailoverChain):
        left = 1

        async def send(self, transaction: VersionedTransaction) -> Outcome:
            done = await super().send(transaction)
            if self.left:
                self.left -= 1
                raise RpcError("the connection broke before the answer came")
            return done

    chain = Deaf([url])
    async with rig(world, url, database, chain=chain) as bot:
        bot.say(FLAT)
        await bot.round()
        assert [row.state for row in bot.pushes()] == ["unknown"]
        assert bot.feed().updates == 1
        for _ in range(4):
            await bot.round()
        await chain.close()
        (row,) = bot.pushes()
        assert (row.state, bot.feed().updates) == ("landed", 1), "the feed told it"


@pytest.mark.parametrize("landed", [True, False])
async def test_a_bot_that_died_while_sending_does_not_send_that_price_again(
    world: World, url: str, database: Database, landed: bool
) -> None:
    open_feed(world, world.publisher)
    async with rig(world, url, database) as dead:
        lane = dead.bot.lanes[0]
        offer = Offer(FLAT, 0, world.now)
        lane.ledger.begin(offer, "first")
        if landed:
            world.send(risk_engine.push_price(world.publisher.key, lane.feed, FLAT, 0, world.now))
    async with rig(world, url, database) as bot:
        bot.say(FLAT)
        await bot.round()
        await bot.round()
        assert [row.state for row in bot.pushes()] == ["landed" if landed else "unknown"]
        assert bot.feed().updates == (1 if landed else 0)
        bot.world.advance(1)
        await bot.run(1, FLAT * 2)
        assert bot.feed().updates == (2 if landed else 1)


async def test_a_feed_that_is_not_open_is_waited_for(world: World, url: str, database: Database) -> None:
    async with rig(world, url, database) as bot:
        await bot.run(3, FLAT)
        (status,) = bot.bot.status().feeds
        assert "not open yet: run `percosec deploy`" in status.message
        assert (status.price, bot.bot.status().counts) == (0, {"MISSING": 2})
        open_feed(world, world.publisher)
        await bot.run(10, FLAT)
        assert bot.feed().price == FLAT


async def test_a_feed_of_another_publisher_is_left_alone(world: World, url: str, database: Database) -> None:
    stranger = world.user(name="other publisher")
    open_feed(world, stranger)
    async with rig(world, url, database) as bot:
        await bot.run(3, FLAT)
        assert bot.pushes() == []
        assert bot.bot.status().feeds[0].message == (
            f"the feed is written by {stranger.key}, not by {world.publisher.key}: give that key with --keypair"
        )


async def test_somebody_else_may_pay(world: World, url: str, database: Database) -> None:
    open_feed(world, world.publisher)
    payer = world.user(name="payer")
    before = _lamports(world, world.publisher.key)
    async with rig(world, url, database, payer=payer.pair) as bot:
        await bot.run(1, FLAT)
        assert bot.feed().price == FLAT
    assert _lamports(world, world.publisher.key) == before


async def test_a_chain_without_a_deployment_is_named(database: Database) -> None:
    bare = World.bare()
    refusal = pytest.raises(PriceError, match="no deployment on this chain: run `percosec deploy` first")
    with serving(bare.local) as endpoints, refusal:
        async with rig(bare, endpoints.http, database):
            pass


def _lamports(world: World, key: Any) -> int:
    account = world.chain.account(key)
    return account.lamports if account else 0
