"""Report open interest and the pool's reserve to the risk engine, once an epoch.

They go along with the score; by themselves only while the feed is too old for one, so that the caps stay right.
"""

from solders.instruction import Instruction

from offchain.chain.instructions import demo_market, insurance_pool
from offchain.chain.market_view import MarketView
from offchain.keeper.duties.sync import LIVE
from offchain.keeper.job import Job
from offchain.keeper.moment import Moment

NAME = "statistics"
PRICE_EPOCHS = 2
"""A score takes a price of the last two epochs."""


def due(view: MarketView, moment: Moment) -> list[Job]:
    """What was not reported in this epoch, where no score can bring it along."""
    if price_serves(view, moment) or not reportable(view):
        return []
    steps = reports(view, moment)
    return [Job(NAME, view.id, f"{NAME}:{view.id}:{moment.epoch}", (tuple(steps),))] if steps else []


def reportable(view: MarketView) -> bool:
    """Whether the market has a calendar, which its first synchronisation gives it."""
    return view.config.status == LIVE and view.perp.synced


def price_serves(view: MarketView, moment: Moment) -> bool:
    """Whether the feed's price is young enough for a score."""
    return view.feed.publish_time + PRICE_EPOCHS * moment.schedule.epoch_seconds >= moment.now


def reports(view: MarketView, moment: Moment) -> list[Instruction]:
    """The reports that this epoch lacks."""
    me, epoch, inputs = moment.keeper, moment.epoch, view.inputs
    steps: list[Instruction] = []
    if not inputs.has_stats or inputs.stats_epoch + 1 < epoch:
        steps.append(demo_market.push_statistics(me, view.id, moment.at))
    if not inputs.has_reserve or inputs.reserve_epoch < epoch:
        steps.append(insurance_pool.report_reserve(me, view.id, moment.at))
    return steps
