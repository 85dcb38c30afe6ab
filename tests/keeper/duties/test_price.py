"""Prices of foreign oracles: brought when late, moved or dangerous, and left alone otherwise."""

from typing import Any

import pytest
from solders.pubkey import Pubkey

from offchain.chain.directory import load_directory
from offchain.chain.oracles import pyth, switchboard
from offchain.chain.oracles import sources as oracles
from offchain.chain.oracles.feed_ids import PYTH, SWITCHBOARD
from offchain.chain.units import price as usd
from offchain.keeper.duties import price
from offchain.keeper.job import Job, Lane
from tests.support import oracles as support
from tests.support.duties import moment_of
from tests.support.world import GENESIS, World

NOW = GENESIS + 50 * 900
FEED = Pubkey.from_bytes(bytes([3]) * 32)


@pytest.fixture
def pyth_world() -> World:
    """A world whose market follows Pyth, at 8 000 USD now."""
    world = support.world_at(NOW)
    support.open_feed(world, PYTH, FEED)
    publish(world, "8000")
    carry_out(world, bring(world)[0])
    market = world.open_market(index=0)
    market.fund_house("2000000")
    world.advance(seconds=1)
    return world


def publish(world: World, price_usd: str, age: int = 0, **fields: Any) -> None:
    """Let Pyth write its account."""
    update = support.make_update(FEED, usd(price_usd) * 100, world.now - age, **fields)
    support.put(world, pyth.sponsored_account(FEED), update)


def bring(world: World) -> list[Job]:
    """What the duty finds now."""
    directory = load_directory(world.chain, world.at)
    feed = directory.feeds[world.feed]
    oracle = oracles.oracle_of(feed, world.at)
    assert oracle is not None
    own, rules = world.chain.accounts(oracles.accounts_of(feed, oracle, world.at))
    reading = oracles.read(feed, oracle, own, rules, world.at, "localnet")
    views = directory.markets()
    return price.due(world.feed, feed, reading, views, moment_of(world, world.keeper)) if reading else []


def carry_out(world: World, job: Job) -> None:
    """Send the job."""
    world.send(*job.variants[0], payer=world.keeper)


def test_a_price_that_moved_is_brought_to_the_feed(pyth_world: World) -> None:
    publish(pyth_world, "8010")
    (job,) = bring(pyth_world)
    assert job.lane == Lane.ROUTINE
    carry_out(pyth_world, job)
    assert support.feed_of(pyth_world).price == usd("8010")
    assert bring(pyth_world) == []


def test_a_price_that_stands_still_waits_until_the_feed_is_late(pyth_world: World) -> None:
    pyth_world.advance(seconds=40)
    publish(pyth_world, "8001")
    assert bring(pyth_world) == []
    pyth_world.advance(seconds=10)
    assert len(bring(pyth_world)) == 1


def test_a_price_that_endangers_a_position_is_urgent(pyth_world: World) -> None:
    market = pyth_world.market
    pyth_world.advance(epochs=1)
    publish(pyth_world, "8000")
    carry_out(pyth_world, bring(pyth_world)[0])
    market.crank()
    market.cover("150000")
    market.open(market.trader("60000"), is_long=True, base="20", margin="10000")
    pyth_world.advance(seconds=1)
    publish(pyth_world, "7000")
    (job,) = bring(pyth_world)
    assert (job.lane, job.always) == (Lane.URGENT, True)


@pytest.mark.parametrize("age", [61, -1])
def test_prices_that_the_adapter_would_refuse_are_left(pyth_world: World, age: int) -> None:
    pyth_world.advance(seconds=100)
    publish(pyth_world, "8100", age)
    assert bring(pyth_world) == []


def test_an_update_that_is_not_fully_verified_is_no_reading(pyth_world: World) -> None:
    publish(pyth_world, "8100")
    address = pyth.sponsored_account(FEED)
    account = pyth_world.chain.account(address)
    assert account is not None
    support.put(pyth_world, address, support.changed(account, level=0))
    assert bring(pyth_world) == []


def test_switchboards_own_account_serves_its_feed() -> None:
    world = support.world_at(NOW)
    source = Pubkey.from_bytes(bytes([5]) * 32)
    support.open_feed(world, SWITCHBOARD, source)
    support.put(world, source, support.make_pull_feed(8_000 * 10**18, world.now, world.local.slot))
    world.send(switchboard.set_rules(world.admin.key, source))
    (job,) = bring(world)
    carry_out(world, job)
    assert support.feed_of(world).price == usd("8000")
    assert bring(world) == []


def test_a_publishers_feed_has_no_oracle(world: World) -> None:
    feed = load_directory(world.chain, world.at).feeds[world.feed]
    assert oracles.oracle_of(feed, world.at) is None
