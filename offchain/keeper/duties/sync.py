"""Push price, grade, reasons and caps to a market that does not have them yet."""

from solders.instruction import Instruction

from offchain.chain.instructions import risk_engine
from offchain.chain.market_view import MarketView
from offchain.keeper.job import Job
from offchain.keeper.moment import Moment

NAME = "sync"
BPS = 10_000
LIVE = 2
"""Status of a market whose terms every program has."""
MARGIN_SECONDS = 10
"""A synchronisation that ends sooner is not relied upon: the transaction takes time to land."""


def due(view: MarketView, moment: Moment) -> list[Job]:
    """A first synchronisation, another standing than the market knows, or a price that has run away from it."""
    if not possible(view):
        return []
    perp, feed = view.perp, view.feed
    moved = abs(feed.price - perp.price) * BPS > perp.price * moment.sync_bps and perp.open_positions > 0
    if perp.synced and not moved and (perp.grade, perp.reasons) == standing(view, moment):
        return []
    return [Job(NAME, view.id, f"{NAME}:{view.id}", ((instruction(view, moment),),))]


def possible(view: MarketView) -> bool:
    """Whether the market is live and its feed has a price."""
    return view.config.status == LIVE and view.feed.updates > 0


def instruction(view: MarketView, moment: Moment) -> Instruction:
    """The synchronisation itself."""
    return risk_engine.sync_market(moment.keeper, view.id, view.config.oracle_feed, moment.at)


def before_use(view: MarketView, moment: Moment) -> list[Instruction]:
    """The synchronisation where the market lacks the feed's prices or a fresh one; it goes before what needs them."""
    perp, feed = view.perp, view.feed
    known = (perp.price, perp.lag_price, perp.publish_time) == (feed.price, feed.lag_price, feed.publish_time)
    fresh = perp.synced_at + moment.parameters.sync_max_age >= moment.now + MARGIN_SECONDS
    return [] if perp.synced and known and fresh else [instruction(view, moment)]


def standing(view: MarketView, moment: Moment) -> tuple[int, int]:
    """Grade and reasons that a synchronisation would set now."""
    p, score = moment.parameters, view.score
    reasons = score.reasons & p.reason_score if score.has_score else 0
    if not score.has_score or score.epoch + p.stale_epochs < moment.epoch:
        reasons |= p.reason_stale
    if view.inputs.arrears:
        reasons |= p.reason_arrears
    if view.inputs.exit:
        reasons |= p.reason_exit
    if not view.engine.active:
        reasons |= p.reason_delisted
    return view.config.grade, reasons
