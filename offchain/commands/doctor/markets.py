"""The markets: age of prices and scores, and what restricts them."""

from collections.abc import Iterator

from offchain import words
from offchain.chain.market_view import MarketView
from offchain.commands.context import Context
from offchain.commands.doctor.finding import Finding, fail, ok, warn
from offchain.commands.naming import label_of, pair_of
from offchain.commands.snapshot import Snapshot, take_snapshot
from offchain.errors import PercosecError

KEEP = "run percosec keeper run, or percosec crank once"


def check_markets(context: Context) -> Iterator[Finding]:
    """A line for each feed, then one for each market."""
    try:
        snapshot = take_snapshot(context)
    except PercosecError:
        return  # The configs' own lines say it.
    markets = snapshot.directory.markets()
    if not markets:
        yield warn("markets", "there are none yet", "percosec markets create opens one")
    feeds = {market.config.oracle_feed: market for market in markets}
    for market in feeds.values():
        yield _feed(context, snapshot, market)
    for market in markets:
        yield _market(context, snapshot, market)


def _feed(context: Context, snapshot: Snapshot, market: MarketView) -> Finding:
    feed = market.feed
    name = f"the price of {pair_of(context, market.id) or label_of(context, market.id)}"
    write = "percosec prices run writes it"
    if not feed.publish_time:
        return fail("feeds", f"{name} was never written", write)
    age = snapshot.now - feed.publish_time
    text = f"{name} is {words.lasting(age)} old"
    if age > 2 * snapshot.schedule.epoch_seconds:
        return fail("feeds", f"{text}: no score can be made", write)
    if age > snapshot.parameters.price_max_age:
        return warn("feeds", f"{text}: no trades and no liquidations", write)
    if feed.provisional:
        return warn("feeds", f"{text} and waits for a confirmation after a large step", "wait a minute")
    return ok("feeds", text)


def _market(context: Context, snapshot: Snapshot, market: MarketView) -> Finding:
    name = label_of(context, market.id)
    bits = snapshot.reasons(market)
    if bits & snapshot.parameters.reason_stale:
        age = f"{snapshot.epoch - market.score.epoch} epochs old" if market.score.has_score else "not there yet"
        return fail("markets", f"{name} is restricted: its score is {age}", KEEP)
    if bits:
        return warn("markets", f"{name} is restricted by: {words.reasons(bits)}", "percosec markets show says more")
    if market.registry.pending:
        return warn("markets", f"{name} has a claim that waits for its payment", KEEP)
    return ok("markets", f"{name} is live, grade {words.grade(market.config.grade)}")
