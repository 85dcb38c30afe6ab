"""Forced resolution: close positions far beyond bankruptcy by the pool's own authority, and claim what is missing.

It pays what an ordinary liquidation pays, and needs no consent of the market's. Where the pool is refused (the price
has come back a little), the ordinary liquidation follows.
"""

from dataclasses import replace

from offchain.chain.instructions import insurance_pool
from offchain.chain.market_view import MarketView
from offchain.keeper.claims import with_claim
from offchain.keeper.duties import liquidation, sync
from offchain.keeper.job import Job
from offchain.keeper.moment import Moment

NAME = "resolution"


def due(view: MarketView, moment: Moment) -> list[Job]:
    """A job for each position beyond the extreme."""
    return [_job(view, moment, found) for found in liquidation.breaches(view, moment) if found.extreme]


def _job(view: MarketView, moment: Moment, found: liquidation.Found) -> Job:
    ordinary = liquidation.job(NAME, view, moment, found)
    position = found.position
    close = insurance_pool.force_resolution(
        moment.keeper, view.id, position.owner, position.nonce, moment.token, moment.at
    )
    forced = with_claim(view, moment, [*sync.before_use(view, moment), close], found.counted)
    return replace(ordinary, variants=(*forced, *ordinary.variants))
