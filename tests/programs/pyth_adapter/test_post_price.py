"""post_price: Pyth's price arrives in the feed, exactly, whoever brings it."""

import pytest

from offchain.chain.events.generated.risk_engine import PriceAccepted
from offchain.chain.oracles.feed_ids import PYTH
from offchain.chain.oracles.prices import scaled
from tests.programs.pyth_adapter.lab import AGE, SECOND, PythLab
from tests.support.oracles import make_update

USD = 10**6


def test_the_genuine_update_of_sol(lab: PythLab) -> None:
    sent = lab.post()
    feed = lab.feed()
    assert (feed.price, feed.conf, feed.publish_time) == (108_201_617, 9_912, lab.genuine.publish_time)
    assert (feed.source, feed.updates, feed.provisional) == (1, 1, False)
    event = sent.event(PriceAccepted)
    assert (event.feed, event.actor) == (lab.world.feed, lab.world.at.feed_writer(PYTH, lab.feed_id))
    assert (event.before, event.after, event.conf) == (0, 108_201_617, 9_912)


def test_the_risk_engine_expects_the_adapters_signature(lab: PythLab) -> None:
    assert lab.feed().writer == lab.world.at.feed_writer(PYTH, lab.feed_id)


@pytest.mark.parametrize("exponent", [-12, -9, -8, -7, -6, -5, -1, 0])
def test_every_exponent_is_converted_as_the_client_does(lab: PythLab, exponent: int) -> None:
    value, conf = 987_654_321, 1_234_567
    lab.write(price=value, conf=conf, exponent=exponent)
    lab.post()
    expected = scaled(value, conf, exponent, lab.genuine.publish_time)
    feed = lab.feed()
    assert (feed.price, feed.conf) == (expected.price, expected.conf)


def test_the_price_is_rounded_down_and_the_uncertainty_up(lab: PythLab) -> None:
    lab.write(price=10_000_000_199, conf=1_000_001, exponent=-8)
    lab.post()
    assert (lab.feed().price, lab.feed().conf) == (100_000_001, 10_001)


def test_a_price_is_taken_until_it_is_a_minute_old(lab: PythLab) -> None:
    lab.world.advance(seconds=60 - AGE)
    lab.post()
    assert lab.feed().publish_time == lab.world.now - 60


def test_a_price_of_this_very_second(lab: PythLab) -> None:
    lab.write(publish_time=lab.world.now)
    lab.post()
    assert lab.feed().publish_time == lab.world.now


def test_a_confidence_interval_of_a_tenth_is_the_widest(lab: PythLab) -> None:
    lab.write(price=100 * 10**8, conf=10 * 10**8)
    lab.post()
    assert (lab.feed().price, lab.feed().conf) == (100 * USD, 10 * USD)


def test_newer_updates_follow_in_any_account(lab: PythLab) -> None:
    lab.post()
    lab.world.advance(seconds=10)
    lab.update = lab.stranger.token
    lab.write(make_update(lab.feed_id, 10_900_000_000, lab.world.now))
    lab.post()
    assert (lab.feed().price, lab.feed().updates) == (109 * USD, 2)


def test_a_second_account_is_left_unread_where_no_rules_ask_for_it(lab: PythLab) -> None:
    lab.write_second(1)
    lab.post(SECOND)
    assert lab.feed().updates == 1


def test_a_second_opinion_within_two_percent_lets_the_price_pass(lab: PythLab) -> None:
    lab.write(price=102 * 10**8, conf=0)
    lab.write_second(100 * USD)
    lab.need_second()
    lab.post(SECOND)
    assert lab.feed().price == 102 * USD


def test_a_lower_price_is_measured_the_same_way(lab: PythLab) -> None:
    lab.write(price=100 * 10**8, conf=0)
    lab.write_second(102 * USD)
    lab.need_second()
    lab.post(SECOND)
    assert lab.feed().price == 100 * USD


def test_the_second_opinions_answers_may_be_a_minute_old(lab: PythLab) -> None:
    slot = lab.world.local.slot
    lab.write_second(lab.genuine.micro.price, min_slot=slot - 148, max_slot=slot)
    lab.need_second()
    lab.post(SECOND)
    assert lab.feed().updates == 1


def test_units_without_a_second_opinion(lab: PythLab) -> None:
    # 7k are the risk engine's; the search of two addresses costs 1.5k a try, which depends on the feed id.
    assert lab.post().units <= 18_000


def test_units_with_a_second_opinion(lab: PythLab) -> None:
    # Reading the rules and a second account of fixed offsets: no loop over the 32 answers.
    lab.write_second(lab.genuine.micro.price)
    lab.need_second()
    assert lab.post(SECOND).units <= 20_000
