"""Feed rules on small stories. Genesis 0, epochs of 900 s, so waits are 60 s (confirmation) and 20 s (lag)."""

import pytest

from tests.model.feed.prices import Feed, push_price
from tests.model.refusals import Refused

DOLLAR = 1_000_000


def pushed(*prices: tuple[int, int], conf: int = 0) -> Feed:
    """A feed after (time, dollars) pairs."""
    feed = Feed()
    for time, dollars in prices:
        feed = push_price(feed, dollars * DOLLAR, conf, time, time, 0)
    return feed


def refusal(
    price: int = 100, conf: int = 0, publish_time: int = 1_000, now: int = 1_000, feed: Feed | None = None
) -> str:
    with pytest.raises(Refused) as caught:
        push_price(feed or Feed(), price, conf, publish_time, now, 0)
    return caught.value.code


def test_refusals_by_name() -> None:
    assert refusal(price=0) == "E_PRICE"
    assert refusal(price=10**15 + 1) == "E_PRICE"
    assert refusal(publish_time=1_001) == "E_PRICE_AHEAD"
    assert refusal(publish_time=939) == "E_PRICE_STALE"
    assert refusal(feed=pushed((1_000, 5))) == "E_PRICE_OLD"
    assert refusal(price=1_000, conf=101) == "E_CONFIDENCE"


def test_bounds_are_inclusive() -> None:
    assert push_price(Feed(), 10**15, 0, 940, 1_000, 0).price == 10**15
    assert push_price(Feed(), 1_000, 100, 1_000, 1_000, 0).updates == 1


def test_a_quarter_is_accepted_and_more_is_provisional() -> None:
    assert not pushed((1_000, 100), (1_010, 125)).provisional
    assert not pushed((1_000, 100), (1_010, 75)).provisional
    assert pushed((1_000, 100), (1_010, 126)).provisional
    assert pushed((1_000, 100), (1_010, 74)).provisional


def test_a_wide_confidence_is_provisional_even_at_first() -> None:
    assert push_price(Feed(), 1_000, 11, 1_000, 1_000, 0).provisional
    assert not push_price(Feed(), 1_000, 10, 1_000, 1_000, 0).provisional


def test_a_provisional_price_is_confirmed_after_a_minute() -> None:
    story = ((1_000, 100), (1_010, 60))
    early = pushed(*story, (1_069, 61))
    assert early.provisional and early.provisional_price == 60 * DOLLAR and early.price == 61 * DOLLAR
    assert not pushed(*story, (1_070, 61)).provisional


def test_a_wild_tick_that_returns_needs_another_minute() -> None:
    back = pushed((1_000, 100), (1_010, 60), (1_070, 100))
    assert back.provisional and back.provisional_price == 100 * DOLLAR and back.provisional_time == 1_070
    assert not pushed((1_000, 100), (1_010, 60), (1_070, 100), (1_130, 101)).provisional


def test_the_lagging_price_is_at_least_twenty_seconds_older() -> None:
    assert pushed((1_000, 1)).lag_price == 0
    assert pushed((1_000, 1), (1_019, 1)).lag_price == 0
    assert pushed((1_000, 1), (1_020, 2)).lag_time == 1_000
    steady = pushed(*((1_000 + 5 * i, 1) for i in range(60)))
    assert 20 <= steady.publish_time - steady.lag_time < 45


def test_the_sample_is_the_first_price_of_an_epoch() -> None:
    feed = pushed((900, 10), (1_000, 11), (1_799, 12))
    assert (feed.sample_epoch, feed.sample_price) == (1, 10 * DOLLAR)
    later = push_price(feed, 12 * DOLLAR, 0, 1_801, 1_801, 0)
    assert (later.sample_epoch, later.sample_price) == (2, 12 * DOLLAR)
