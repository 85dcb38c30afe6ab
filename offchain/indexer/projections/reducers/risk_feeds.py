"""Price feeds: what the event of a price does not tell follows from the protocol's rule (docs/spec.md, push_price)."""

from offchain.chain.epochs import Schedule
from offchain.chain.events.generated import risk_engine as events
from offchain.chain.generated.risk_engine.accounts import PriceFeed, RiskConfig
from offchain.indexer.projections.moment import Moment
from offchain.indexer.projections.state import State, put, take


def opened(state: State, event: events.FeedOpened, _moment: Moment) -> None:
    """A new feed."""
    feed = state.create(PriceFeed, "risk_engine", "feed", event.feed_id)
    take(feed, event, "feed_id writer source")


def price_accepted(state: State, event: events.PriceAccepted, _moment: Moment) -> None:
    """A price: the doubt about it and the candidate of the lagging price are computed, the rest is told."""
    config = state.get(RiskConfig, state.at.risk_config)
    schedule = Schedule(config.genesis, config.epoch_seconds)
    feed = state.edit(PriceFeed, event.feed)
    _doubt(feed, event, schedule.wait(state.parameters.confirm_wait))
    _candidate(feed, event, schedule.wait(state.parameters.lag_wait))
    take(feed, event, "conf publish_time lag_price lag_time sample_price sample_epoch")
    put(feed, price=event.after, provisional=event.provisional_after, has_sample=True, updates=feed.updates + 1)


def _doubt(feed: PriceFeed, event: events.PriceAccepted, wait: int) -> None:
    late = event.publish_time >= feed.provisional_time + wait
    if event.provisional_after and (late or not feed.provisional):
        put(feed, provisional_price=event.after, provisional_time=event.publish_time)


def _candidate(feed: PriceFeed, event: events.PriceAccepted, wait: int) -> None:
    if not feed.updates:
        put(feed, candidate_price=event.after, candidate_time=event.publish_time)
    elif event.publish_time >= feed.candidate_time + wait:
        put(feed, candidate_price=feed.price, candidate_time=feed.publish_time)


REDUCERS = {events.FeedOpened: opened, events.PriceAccepted: price_accepted}
