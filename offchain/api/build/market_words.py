"""Terms and feeds as they stand in bodies."""

from offchain.api.build.schemas.markets import FeedBody, TermBody
from offchain.chain.epochs import Schedule
from offchain.creation.feeds import Feed
from offchain.creation.terms import Term
from offchain.settings.parameters import Parameters


def term_body(term: Term, value: int | None, schedule: Schedule, parameters: Parameters) -> TermBody:
    """A term with its bounds and what it means for providers."""
    low, high = term.bounds(parameters)
    low_shown, high_shown = term.show_bounds(schedule, parameters)
    return TermBody(
        name=term.name,
        title=term.title,
        value=None if value is None else str(value),
        shown="" if value is None else term.show(value, schedule),
        unit=term.unit,
        low=str(low),
        low_shown=low_shown,
        high=str(high),
        high_shown=high_shown,
        meaning=term.explain(value, schedule, parameters),
        fixed=term.fixed,
    )


def feed_body(feed: Feed) -> FeedBody:
    """A feed with its newest price."""
    account = feed.account
    return FeedBody(
        address=str(feed.address),
        feed_id=str(account.feed_id),
        pair=feed.pair,
        source=feed.source,
        price=str(account.price),
        publish_time=account.publish_time,
        label=feed.label,
    )
