"""post_price: Switchboard's result arrives in the feed, exactly, whoever brings it."""

import pytest

from offchain.chain.events.generated.risk_engine import PriceAccepted
from offchain.chain.oracles import switchboard
from offchain.chain.oracles.feed_ids import SWITCHBOARD
from offchain.chain.oracles.prices import scaled
from tests.programs.switchboard_adapter.lab import AGE, SECOND, SECOND_FEED, SwitchboardLab
from tests.support.oracles import changed, genuine, open_feed, put, world_at

USD = 10**6
ETHER = 10**18
"""One USD as Switchboard counts."""


def test_the_genuine_feed_of_mtbill(lab: SwitchboardLab) -> None:
    lab.accept()
    sent = lab.post()
    feed = lab.feed()
    assert (feed.price, feed.conf, feed.publish_time) == (1_011_997, 0, lab.genuine.last_update)
    assert (feed.source, feed.updates) == (2, 1)
    event = sent.event(PriceAccepted)
    assert event.actor == feed.writer == lab.world.at.feed_writer(SWITCHBOARD, lab.feed_id)


def test_a_genuine_feed_with_a_longer_window_than_a_minute_is_too_old_when_it_lands() -> None:
    # jupSOL / USD of mainnet mixes answers of 250 slots: the oldest is 209 slots old in the block of the update.
    address, account = genuine("switchboard_jupsol_usd")
    found = switchboard.read_feed(account.data)
    world = world_at(found.last_update, 346_241_842)
    open_feed(world, SWITCHBOARD, put(world, address, account))
    world.send(switchboard.set_rules(world.admin.key, address))
    with world.expect_error("E_PRICE_STALE") as refused:
        world.send(switchboard.crank(world.keeper.key, address))
    assert refused[0].program == "switchboard_adapter"
    # The same account with its two answers of that block alone is taken.
    put(world, address, changed(account, min_slot=found.max_slot, samples=2))
    world.send(switchboard.crank(world.keeper.key, address))


@pytest.mark.parametrize("value", [ETHER, 29_999_999_999_999, 123_456_789 * ETHER + 1, 20 * 10**12])
def test_the_price_is_rounded_down_and_the_deviation_up(lab: SwitchboardLab, value: int) -> None:
    lab.write(value=value, std_dev=value // 1_000 + 1)
    lab.accept()
    lab.post()
    expected = scaled(value, value // 1_000 + 1, -18, 0)
    assert (lab.feed().price, lab.feed().conf) == (expected.price, expected.conf)


def test_an_update_is_taken_until_it_is_a_minute_old(lab: SwitchboardLab) -> None:
    lab.accept()
    lab.write(min_slot=lab.world.local.slot, max_slot=lab.world.local.slot)
    lab.world.advance(seconds=60 - AGE)
    lab.post()
    assert lab.feed().publish_time == lab.world.now - 60


def test_answers_are_taken_until_they_are_150_slots_old(lab: SwitchboardLab) -> None:
    lab.accept()
    lab.write(min_slot=lab.world.local.slot - 150)
    lab.post()
    assert lab.feed().updates == 1


def test_more_answers_than_the_rules_ask_for(lab: SwitchboardLab) -> None:
    lab.accept(min_samples=3)
    with lab.world.expect_error("E_SAMPLES"):
        lab.post()
    lab.write(samples=3)
    lab.post()
    assert lab.feed().updates == 1


def test_a_second_opinion_within_two_percent_lets_the_price_pass(lab: SwitchboardLab) -> None:
    lab.write(value=100 * ETHER)
    lab.write_second(102 * USD)
    lab.accept(second=SECOND_FEED)
    lab.post(SECOND)
    assert lab.feed().price == 100 * USD


def test_a_newer_update_follows(lab: SwitchboardLab) -> None:
    lab.accept()
    lab.post()
    lab.world.advance(seconds=20)
    slot = lab.world.local.slot
    lab.write(value=2 * ETHER, last_update=lab.world.now, min_slot=slot, max_slot=slot)
    lab.post()
    assert (lab.feed().updates, lab.feed().publish_time) == (2, lab.world.now)


def test_units_without_a_second_opinion(lab: SwitchboardLab) -> None:
    # 7k are the risk engine's; the search of two addresses costs 1.5k a try, which depends on the feed id.
    lab.accept()
    assert lab.post().units <= 23_000


def test_units_with_a_second_opinion(lab: SwitchboardLab) -> None:
    # One more account of fixed offsets.
    lab.write_second(1_011_997)
    lab.accept(second=SECOND_FEED)
    assert lab.post(SECOND).units <= 24_000
