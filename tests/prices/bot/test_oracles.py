"""Feeds that follow Pyth or Switchboard: the bot brings the oracle's price through the adapter, on real bytecode."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.oracles import pyth, switchboard
from offchain.chain.oracles.feed_ids import PYTH, SWITCHBOARD, pyth_feed
from offchain.database.database import Database
from offchain.localnet.server import serving
from offchain.prices.bot.configured import feed_of
from offchain.prices.errors import PriceError
from offchain.settings.prices import PairSettings, PriceSettings
from tests.prices.bot.rig import MARKET, PAIR, Rig, rig
from tests.prices.servers import BTC
from tests.support import oracles
from tests.support.oracles import genuine, make_pull_feed, make_update, open_feed, put, world_at
from tests.support.world import World

START = 1_789_895_000
FEED = pyth_feed(BTC)
PULL = Pubkey.from_bytes(bytes([3]) * 32)
USD = 10**6
SETTINGS = PriceSettings(pairs={PAIR: PairSettings(pyth=BTC, switchboard=str(PULL))})


@asynccontextmanager
async def _following(world: World, database: Database, source: str) -> AsyncIterator[Rig]:
    """A rig whose market follows an oracle; somebody without any right pays."""
    payer = world.user(name="anybody")
    with serving(world.local) as endpoints:
        market = replace(MARKET, source=source)
        async with rig(world, endpoints.http, database, payer=payer.pair, market=market, settings=SETTINGS) as made:
            yield made


def _update(world: World, usd: int, age: int = 0) -> Account:
    return make_update(FEED, usd * 10**8, world.now - age, conf=10**8)


async def test_pyths_own_account_is_brought_to_the_feed(database: Database) -> None:
    world = world_at(START)
    open_feed(world, PYTH, FEED)
    account = pyth.sponsored_account(FEED)
    async with _following(world, database, PYTH) as bot:
        for second in range(150):
            # Pyth writes its own account every ten seconds; the price moves by 1 % after 90.
            if second % 10 == 0:
                put(world, account, _update(world, 8_000 if second < 90 else 8_080))
            await bot.round()
            world.advance(1)
        assert bot.pushed == [(0, "first"), (60, "age"), (90, "move")]
        feed = bot.feed()
        assert (feed.price, feed.conf, feed.publish_time) == (8_080 * USD, USD, START + 90)
        assert bot.bot.status().feeds[0].source == PYTH


async def test_a_genuine_account_of_mainnet(database: Database) -> None:
    address, account = genuine("pyth_sol_usd")
    update = pyth.read_account(account, address)
    world = world_at(update.publish_time + 5, slot=update.posted_slot + 10)
    open_feed(world, PYTH, update.feed_id)
    put(world, address, account)
    settings = PriceSettings(pairs={PAIR: PairSettings(pyth=bytes(update.feed_id).hex())})
    market = replace(MARKET, source=PYTH)
    with serving(world.local) as endpoints:
        async with rig(world, endpoints.http, database, market=market, settings=settings) as bot:
            await bot.run(3)
            assert bot.pushed == [(0, "first")]
            assert (bot.feed().price, bot.feed().publish_time) == (108_201_617, update.publish_time)


async def test_an_account_that_is_missing_old_or_ahead_is_waited_for(database: Database) -> None:
    world = world_at(START)
    open_feed(world, PYTH, FEED)
    account = pyth.sponsored_account(FEED)
    async with _following(world, database, PYTH) as bot:
        await bot.run(1)
        assert bot.bot.status().feeds[0].message == "there is no fresh price"
        put(world, account, _update(world, 8_000, age=61))
        await bot.run(1)
        assert bot.pushes() == []
        put(world, account, _update(world, 8_000, age=-2))
        await bot.run(2)
        assert bot.pushes() == []
        await bot.run(1)
        assert bot.pushed == [(4, "first")]


async def test_the_adapters_refusal_is_counted(database: Database) -> None:
    world = world_at(START)
    open_feed(world, PYTH, FEED)
    put(world, pyth.sponsored_account(FEED), make_update(FEED, 8_000 * 10**8, world.now, conf=900 * 10**8))
    async with _following(world, database, PYTH) as bot:
        await bot.run(2)
        assert bot.feed().updates == 0
        assert bot.bot.status().counts == {"E_CONFIDENCE": 1}


async def test_switchboards_pull_feed_is_brought_to_the_feed(database: Database) -> None:
    world = world_at(START)
    open_feed(world, SWITCHBOARD, PULL)
    put(world, PULL, make_pull_feed(8_000 * 10**18, world.now, world.local.slot, std_dev=10**18))
    world.send(switchboard.set_rules(world.admin.key, PULL))
    async with _following(world, database, SWITCHBOARD) as bot:
        await bot.run(3)
        assert bot.pushed == [(0, "first")]
        assert (bot.feed().price, bot.feed().conf) == (8_000 * USD, USD)


async def test_a_second_opinion_is_handed_over(database: Database) -> None:
    world = world_at(START)
    open_feed(world, PYTH, FEED)
    put(world, PULL, make_pull_feed(8_010 * 10**18, world.now, world.local.slot))
    world.send(pyth.set_rules(world.admin.key, FEED, PULL))
    put(world, pyth.sponsored_account(FEED), _update(world, 8_000))
    async with _following(world, database, PYTH) as bot:
        await bot.run(1)
        assert oracles.feed_of(world).price == 8_000 * USD


async def test_a_feed_of_another_adapter_is_left_alone(database: Database) -> None:
    world = world_at(START)
    open_feed(world, SWITCHBOARD, FEED)
    async with _following(world, database, PYTH) as bot:
        await bot.run(2)
        assert "which is not this cluster's pyth adapter" in bot.bot.status().feeds[0].message


def test_a_pair_without_a_name_at_the_source_is_refused() -> None:
    with pytest.raises(PriceError, match=r'SOL/USD has no name at pyth: write it into \[prices\.pairs\."SOL/USD"\]'):
        feed_of(SETTINGS, "SOL/USD", PYTH)
