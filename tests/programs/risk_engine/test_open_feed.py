"""open_feed: a price feed and the one key that may write it."""

import pytest
from solders.pubkey import Pubkey

from offchain.chain.events.generated.risk_engine import FeedOpened
from offchain.chain.generated.risk_engine.accounts import PriceFeed, RiskConfig
from tests.programs.risk_engine.lab import Lab
from tests.support.keys import keypair
from tests.support.sent import Sent
from tests.support.world import World

FEED_ID = keypair("another feed").pubkey()
WRITER = keypair("writer").pubkey()


def open_feed(world: World, lab: Lab, source: int, admin: Pubkey | None = None) -> Sent:
    args = {"feed_id": FEED_ID, "source": source, "writer": WRITER}
    return lab.send("open_feed", args, feed=world.at.feed(FEED_ID), admin=admin or world.admin.key)


def test_a_publisher_feed_is_written_by_the_key_itself(world: World, lab: Lab) -> None:
    sent = open_feed(world, lab, 0)
    address = world.at.feed(FEED_ID)
    feed = world.read(PriceFeed, address)
    assert (feed.feed_id, feed.writer, feed.source, feed.updates, feed.has_sample) == (FEED_ID, WRITER, 0, 0, False)
    event = sent.event(FeedOpened)
    assert (event.feed, event.feed_id, event.writer, event.source) == (address, FEED_ID, WRITER, 0)
    assert event.actor == world.admin.key


@pytest.mark.parametrize("source", [1, 2])
def test_an_adapter_feed_is_written_by_the_adapters_own_address(world: World, lab: Lab, source: int) -> None:
    open_feed(world, lab, source)
    feed = world.read(PriceFeed, world.at.feed(FEED_ID))
    assert feed.writer == Pubkey.find_program_address([b"writer", bytes(FEED_ID)], WRITER)[0]
    assert feed.source == source


def test_refuses_a_stranger(world: World, lab: Lab) -> None:
    with world.expect_error("E_ADMIN"):
        open_feed(world, lab, 0, admin=world.keeper.key)


def test_refuses_an_unknown_source(world: World, lab: Lab) -> None:
    with world.expect_error("E_BOUNDS"):
        open_feed(world, lab, 3)


def test_publishers_exist_in_development_only(world: World, lab: Lab) -> None:
    world.edit(RiskConfig, world.at.risk_config, dev=False)
    with world.expect_error("E_DEV_ONLY"):
        open_feed(world, lab, 0)
    open_feed(world, lab, 1)


def test_compute_units(world: World, lab: Lab) -> None:
    # one account and one derivation of unknown length
    assert open_feed(world, lab, 1).units <= 30_000
