"""Close positions below their maintenance margin, and claim what is missing: all in one transaction.

Positions beyond the extreme are closed by the pool's own authority, see `resolution`.
"""

from dataclasses import dataclass

from solders.pubkey import Pubkey

from offchain.chain.breach import Breach, counted_deficit, find_breach, worth_at
from offchain.chain.generated.demo_market.accounts import PerpPosition
from offchain.chain.instructions import demo_market
from offchain.chain.market_view import MarketView
from offchain.keeper.claims import with_claim
from offchain.keeper.duties import sync
from offchain.keeper.job import Job, Lane
from offchain.keeper.moment import Moment

NAME = "liquidation"
BPS = 10_000


@dataclass(slots=True)
class Synced:
    """The market as it would be synchronised to its feed; the funding of a boundary passed since is left out."""

    price: int
    lag_price: int
    cum_funding: int
    maintenance_bps: int
    fund: int


@dataclass(frozen=True, slots=True)
class Found:
    """A position to close."""

    address: Pubkey
    position: PerpPosition
    breach: Breach
    counted: int
    """What the market's deficit counter would rise by, atoms."""
    extreme: bool
    """So far beyond bankruptcy that the pool may close it by itself."""


def due(view: MarketView, moment: Moment) -> list[Job]:
    """A job for each position in breach that is not extreme."""
    return [job(NAME, view, moment, found) for found in breaches(view, moment) if not found.extreme]


def breaches(view: MarketView, moment: Moment) -> list[Found]:
    """Every open position below its maintenance margin at the feed's prices; none while these are too old."""
    if not view.positions or not sync.possible(view):
        return []
    if view.feed.publish_time + moment.parameters.price_max_age < moment.now:
        return []
    perp, p = view.perp, moment.parameters
    market = Synced(view.feed.price, view.feed.lag_price, perp.cum_funding, perp.maintenance_bps, perp.fund)
    found = []
    for address, position in view.positions.items():
        breach = find_breach(market, position, p.keeper_min_bps, p.keeper_min_max)
        if breach is not None:
            limit = worth_at(position, breach.price) * p.extreme_bps // BPS
            counted = counted_deficit(market, position, breach)
            found.append(Found(address, position, breach, counted, breach.equity < -limit))
    return found


def job(duty: str, view: MarketView, moment: Moment, found: Found) -> Job:
    """The ordinary liquidation of one position, with its claim."""
    position = found.position
    close = demo_market.execute_liquidation(
        moment.keeper, view.id, position.owner, position.nonce, moment.token, moment.at
    )
    steps = [*sync.before_use(view, moment), close]
    variants = with_claim(view, moment, steps, found.counted)
    key = f"close:{found.address}"
    return Job(duty, view.id, key, variants, Lane.URGENT, always=True, weight=found.breach.deficit)
