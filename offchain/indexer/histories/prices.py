"""Every price that a feed accepted."""

from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.indexer.decode.keys import KEYS
from offchain.indexer.histories.told import Row, Told
from offchain.indexer.projections.state import same

SAME = "conf publish_time lag_price lag_time sample_price sample_epoch"
"""Columns that the event tells under the same name."""


def price(told: Told) -> Row:
    """The row of a PriceAccepted."""
    event, feed = told.event, told.after(PriceFeed, told.event.feed)
    return told.row(
        feed=KEYS[bytes(event.feed)][1],
        feed_id=KEYS[bytes(feed.feed_id)][1],
        actor=told.decoded.actor,
        price_before=event.before,
        price=event.after,
        provisional=event.provisional_after,
        updates=feed.updates,
        **same(event, SAME),
    )
