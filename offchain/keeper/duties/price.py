"""Bring newer prices of Pyth and Switchboard to the feeds that follow them; their adapters check everything.

Feeds of a publisher are written by that publisher alone: `percosec prices run` does it.
"""

from collections.abc import Sequence

from solders.pubkey import Pubkey

from offchain.chain.breach import in_danger
from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.chain.market_view import MarketView
from offchain.chain.oracles.sources import Reading, instruction, oracle_of
from offchain.keeper.job import Job, Lane
from offchain.keeper.moment import Moment

NAME = "price"
EVERY_SECONDS = 50
"""A feed's price may not grow much older than this: trading needs one of the last 60 seconds."""
MOVE_BPS = 10
"""A price that has moved by so much is brought at once."""
BPS = 10_000


def due(address: Pubkey, feed: PriceFeed, reading: Reading, markets: Sequence[MarketView], moment: Moment) -> list[Job]:
    """A newer price that is late, has moved, or puts a position of one of the feed's markets in danger."""
    oracle = oracle_of(feed, moment.at)
    price, p = reading.price, moment.parameters
    if oracle is None or price.publish_time <= feed.publish_time:
        return []
    if not price.publish_time <= moment.now <= price.publish_time + p.price_max_age:
        return []
    danger = any(in_danger(view.perp, view.positions.values(), price.price) for view in markets)
    late = feed.publish_time + EVERY_SECONDS <= moment.now
    moved = abs(price.price - feed.price) * BPS >= feed.price * MOVE_BPS
    if not (danger or late or moved):
        return []
    steps = (instruction(feed, oracle, reading, moment.keeper, moment.at),)
    lane = Lane.URGENT if danger else Lane.ROUTINE
    return [Job(NAME, address, f"{NAME}:{address}", (steps,), lane, always=danger)]
