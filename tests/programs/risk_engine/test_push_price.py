"""push_price: which prices a feed takes, and what it remembers of them, against the twin."""

from dataclasses import fields
from random import Random

import pytest

from offchain.chain.events.generated.risk_engine import PriceAccepted
from offchain.chain.generated.risk_engine.accounts import PriceFeed, RiskConfig
from tests.model.feed.prices import Feed, push_price
from tests.model.refusals import Refused
from tests.programs.risk_engine.lab import Lab
from tests.support.keys import keypair
from tests.support.sent import Sent
from tests.support.world import GENESIS, World

USD = 1_000_000
FEED_ID = keypair("fresh feed").pubkey()


@pytest.fixture
def fresh(world: World, lab: Lab) -> Lab:
    """A world with a second feed that has no price yet."""
    args = {"feed_id": FEED_ID, "source": 0, "writer": world.publisher.key}
    lab.send("open_feed", args, feed=world.at.feed(FEED_ID))
    return lab


def push(lab: Lab, price: int, conf: int = 0, age: int = 0) -> Sent:
    world = lab.market.world
    args = {"price": price, "conf": conf, "publish_time": world.now - age}
    return lab.send("push_price", args, feed=world.at.feed(FEED_ID))


def stored(lab: Lab) -> Feed:
    account = lab.market.world.read(PriceFeed, lab.market.world.at.feed(FEED_ID))
    return Feed(**{field.name: getattr(account, field.name) for field in fields(Feed)})


def test_first_price_is_its_own_reference(fresh: Lab) -> None:
    world = fresh.market.world
    now = world.now
    sent = push(fresh, 100 * USD, USD)
    feed = stored(fresh)
    assert (feed.price, feed.conf, feed.publish_time, feed.updates) == (100 * USD, USD, now, 1)
    assert (feed.lag_price, feed.provisional) == (0, False)
    assert (feed.sample_price, feed.sample_epoch, feed.has_sample) == (100 * USD, world.epoch, True)
    event = sent.event(PriceAccepted)
    assert (event.feed, event.actor) == (world.at.feed(FEED_ID), world.publisher.key)
    assert (event.epoch, event.slot, event.before, event.after) == (world.epoch, sent.slot, 0, 100 * USD)
    assert (event.conf, event.publish_time) == (USD, now)
    assert (event.provisional_before, event.provisional_after) == (False, False)


def test_a_large_step_is_provisional_until_confirmed(fresh: Lab) -> None:
    world = fresh.market.world
    push(fresh, 100 * USD)
    world.advance(1)
    sent = push(fresh, 126 * USD)
    assert sent.event(PriceAccepted).provisional_after
    world.advance(59)
    push(fresh, 126 * USD)
    assert stored(fresh).provisional
    world.advance(1)
    push(fresh, 127 * USD)
    feed = stored(fresh)
    assert (feed.provisional, feed.price, feed.provisional_price) == (False, 127 * USD, 126 * USD)


def test_exactly_a_quarter_is_no_large_step(fresh: Lab) -> None:
    push(fresh, 100 * USD)
    fresh.market.world.advance(1)
    push(fresh, 75 * USD)
    assert not stored(fresh).provisional
    fresh.market.world.advance(1)
    push(fresh, 75 * USD * 12_501 // 10_000)
    assert stored(fresh).provisional


def test_an_unsure_first_price_is_provisional(fresh: Lab) -> None:
    push(fresh, 100 * USD, USD + 1)
    assert stored(fresh).provisional


def test_short_epochs_shorten_the_waits(fresh: Lab) -> None:
    world = fresh.market.world
    world.edit(RiskConfig, world.at.risk_config, epoch_seconds=30)
    push(fresh, 100 * USD)
    world.advance(1)
    push(fresh, 200 * USD)
    world.advance(2)
    push(fresh, 200 * USD)
    feed = stored(fresh)
    # 60 s * 30 / 900 = 2 s to confirm, 20 s * 30 / 900 = 0 s raised to 1 s to lag
    assert not feed.provisional
    assert (feed.lag_price, feed.lag_time) == (200 * USD, feed.publish_time - 2)


@pytest.mark.parametrize("price", [0, 10**15 + 1])
def test_refuses_impossible_prices(fresh: Lab, price: int) -> None:
    with fresh.market.world.expect_error("E_PRICE"):
        push(fresh, price)


def test_takes_the_largest_price(fresh: Lab) -> None:
    push(fresh, 10**15)
    assert stored(fresh).price == 10**15


def test_refuses_the_future(fresh: Lab) -> None:
    with fresh.market.world.expect_error("E_PRICE_AHEAD"):
        push(fresh, USD, age=-1)


def test_refuses_old_prices(fresh: Lab) -> None:
    world = fresh.market.world
    with world.expect_error("E_PRICE_STALE"):
        push(fresh, USD, age=61)
    push(fresh, USD, age=60)
    with world.expect_error("E_PRICE_OLD"):
        push(fresh, 2 * USD, age=60)


def test_refuses_wide_confidence(fresh: Lab) -> None:
    with fresh.market.world.expect_error("E_CONFIDENCE"):
        push(fresh, 100 * USD, 10 * USD + 1)
    push(fresh, 100 * USD, 10 * USD)
    assert stored(fresh).provisional


def test_refuses_any_other_writer(fresh: Lab) -> None:
    world = fresh.market.world
    args = {"price": USD, "conf": 0, "publish_time": world.now}
    for key in (world.admin.key, world.keeper.key):
        with world.expect_error("E_AUTHORITY"):
            fresh.send("push_price", args, feed=world.at.feed(FEED_ID), writer=key)


@pytest.mark.parametrize("seed", range(6))
def test_random_feed_equals_the_twin(fresh: Lab, seed: int) -> None:
    """400 prices with jumps, wild confidence, repeats and pauses: the same state or the same refusal each time."""
    world, draw, twin, price = fresh.market.world, Random(seed), Feed(), 50 * USD
    refused = 0
    for _ in range(400):
        world.advance(draw.choice((0, 1, 3, 9, 20, 40, 70, 400, 1900)))
        price = max(1, int(price * draw.choice((1.0, 1.001, 0.99, 1.2499, 0.7501, 1.3, 0.6))))
        conf = price * draw.choice((0, 5, 100, 101, 999, 1001)) // 10_000
        age = draw.choice((0, 0, 0, 1, 15, 59, 60, 61, -1))
        now = world.now
        try:
            twin = push_price(twin, price, conf, now - age, now, GENESIS)
        except Refused as refusal:
            refused += 1
            with world.expect_error(refusal.code):
                push(fresh, price, conf, age)
        else:
            push(fresh, price, conf, age)
            assert stored(fresh) == twin
    assert 0 < refused < 400 and twin.updates > 100


def test_compute_units(fresh: Lab) -> None:
    # most frequent of all instructions: two small accounts, no derivation
    push(fresh, 100 * USD)
    fresh.market.world.advance(100)
    assert push(fresh, 130 * USD).units <= 12_000
