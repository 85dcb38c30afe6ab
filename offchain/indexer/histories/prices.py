"""Every price that a feed accepted."""

from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.indexer.histories.told import Row, Told

SAME = "conf publish_time lag_price lag_time sample_price sample_epoch"
"""Columns that the event tells under the same name."""


def price(told: Told) -> Row:
    """The row of a PriceAccepted."""
    event, feed = told.event, told.after(PriceFeed, told.event.feed)
    return told.row(
        feed=str(event.feed),
        feed_id=str(feed.feed_id),
        actor=str(event.actor),
        price_before=event.before,
        price=event.after,
        provisional=event.provisional_after,
        updates=feed.updates,
        **{name: getattr(event, name) for name in SAME.split()},
    )
