"""Compute the score of the epoch, with the reports it needs before and the synchronisation after it."""

from offchain.chain.instructions import risk_engine
from offchain.chain.market_view import MarketView
from offchain.keeper.duties import statistics, sync
from offchain.keeper.job import Job, shrinking
from offchain.keeper.moment import Moment

NAME = "score"


def due(view: MarketView, moment: Moment) -> list[Job]:
    """Once an epoch, while the feed has a price of the last two epochs."""
    score = view.score
    if score.has_score and score.epoch >= moment.epoch:
        return []
    if not statistics.reportable(view) or not statistics.price_serves(view, moment):
        return []
    update = risk_engine.update_score(moment.keeper, view.id, view.config.oracle_feed, moment.at)
    steps = [*statistics.reports(view, moment), update]
    variants = shrinking([*steps, sync.instruction(view, moment)], steps)
    return [Job(NAME, view.id, f"{NAME}:{view.id}:{moment.epoch}", variants)]
