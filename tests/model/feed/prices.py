"""One price feed: which prices it takes and what it remembers of them."""

from dataclasses import dataclass, replace
from fractions import Fraction

from tests.model import parameters as P
from tests.model.calendar import epoch_at, wait
from tests.model.refusals import require


@dataclass(frozen=True)
class Feed:
    """State of a feed; times are unix seconds, `updates` counts accepted prices."""

    price: int = 0
    conf: int = 0
    publish_time: int = 0
    candidate_price: int = 0
    candidate_time: int = 0
    lag_price: int = 0
    lag_time: int = 0
    provisional: bool = False
    provisional_price: int = 0
    provisional_time: int = 0
    sample_price: int = 0
    sample_epoch: int = 0
    has_sample: bool = False
    updates: int = 0


def fits(price: int, conf: int, reference: int) -> bool:
    """Whether a price moved at most 25 % from the reference and is known to 1 %."""
    step = Fraction(abs(price - reference), reference)
    spread = Fraction(conf, price)
    return step <= Fraction(P.STEP_BPS, P.BPS) and spread <= Fraction(P.CONF_BPS, P.BPS)


def check(feed: Feed, price: int, conf: int, publish_time: int, now: int) -> None:
    """Raises Refused for a price that the feed may not take."""
    require(0 < price <= P.PRICE_MAX, "E_PRICE")
    require(publish_time <= now, "E_PRICE_AHEAD")
    require(now - publish_time <= P.PRICE_MAX_AGE, "E_PRICE_STALE")
    require(publish_time > feed.publish_time, "E_PRICE_OLD")
    require(Fraction(conf, price) <= Fraction(P.CONF_REFUSE_BPS, P.BPS), "E_CONFIDENCE")


def judge(feed: Feed, price: int, conf: int, publish_time: int, confirm_wait: int) -> Feed:
    """The provisional state after a new price."""
    marked = replace(feed, provisional=True, provisional_price=price, provisional_time=publish_time)
    if not feed.provisional:
        reference = feed.price if feed.updates else price
        return feed if fits(price, conf, reference) else marked
    if publish_time - feed.provisional_time < confirm_wait:
        return feed
    if fits(price, conf, feed.provisional_price):
        return replace(feed, provisional=False)
    return marked


def remember(feed: Feed, price: int, publish_time: int, lag_wait: int) -> Feed:
    """The lagging price after a new one: at least `lag_wait` seconds older than it."""
    if not feed.updates:
        return replace(feed, candidate_price=price, candidate_time=publish_time)
    next_up = replace(feed, candidate_price=feed.price, candidate_time=feed.publish_time)
    if publish_time - feed.publish_time >= lag_wait:
        return replace(next_up, lag_price=feed.price, lag_time=feed.publish_time)
    if publish_time - feed.candidate_time >= lag_wait:
        return replace(next_up, lag_price=feed.candidate_price, lag_time=feed.candidate_time)
    return feed


def push_price(
    feed: Feed, price: int, conf: int, publish_time: int, now: int, genesis: int, epoch_seconds: int = P.EPOCH_SECONDS
) -> Feed:
    """The feed after a price; raises Refused where the programs refuse it."""
    check(feed, price, conf, publish_time, now)
    feed = judge(feed, price, conf, publish_time, wait(P.CONFIRM_WAIT, epoch_seconds))
    feed = remember(feed, price, publish_time, wait(P.LAG_WAIT, epoch_seconds))
    epoch = epoch_at(now, genesis, epoch_seconds)
    if not feed.has_sample or epoch > feed.sample_epoch:
        feed = replace(feed, sample_price=price, sample_epoch=epoch, has_sample=True)
    return replace(feed, price=price, conf=conf, publish_time=publish_time, updates=feed.updates + 1)
