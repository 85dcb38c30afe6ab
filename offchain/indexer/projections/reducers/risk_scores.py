"""A score: the event tells factors and grade; window and waits follow from the rule (docs/spec.md, update_score)."""

from offchain.chain.events.generated import risk_engine as events
from offchain.chain.generated.risk_engine.accounts import MarketConfig, MarketInputs, PriceFeed, RiskScore, RiskWindow
from offchain.indexer.projections.moment import Moment
from offchain.indexer.projections.reducers.risk_window import take_funding, take_price
from offchain.indexer.projections.state import State, put, take
from offchain.settings.parameters import Parameters
from offchain.verify.replay.risk.standing import Standing, judge, raw_grade


def score_updated(state: State, event: events.ScoreUpdated, moment: Moment) -> None:
    """The score of an epoch, the window it was measured on, and the market's grade."""
    addresses = state.at.market(event.market_id)
    inputs = state.get(MarketInputs, addresses.inputs)
    market = state.edit(MarketConfig, addresses.config)
    window = state.edit(RiskWindow, addresses.window)
    take_price(window, state.get(PriceFeed, market.oracle_feed), state.parameters)
    take_funding(window, inputs.cum_funding, event.epoch, state.parameters)
    score = state.edit(RiskScore, addresses.score)
    _wait(score, event, inputs.depth, state.parameters)
    names = "leverage_factor oi_ratio_factor volatility_factor funding_variance_factor samples funding_samples"
    take(score, event, f"{names} provisional oi_ratio_bps mean_leverage open_interest required_reserve epoch")
    put(score, composite_score=event.score_after, grade=event.grade_after, reasons=event.reasons_after)
    put(score, last_updated_at=moment.time, has_score=True)
    put(market, grade=event.grade_after, min_reserve_ratio=state.parameters.reserve_bps[event.grade_after])


def _wait(score: RiskScore, event: events.ScoreUpdated, depth: int, parameters: Parameters) -> None:
    standing = Standing(
        epoch=score.epoch if score.has_score else None,
        grade=score.grade,
        restricted=bool(score.reasons & parameters.reason_score),
        better_since=score.better_since if score.better_waiting else None,
        better_grade=score.better_grade,
        below_since=score.below_since if score.below_waiting else None,
    )
    parts = (event.leverage_factor, event.oi_ratio_factor, event.volatility_factor, event.funding_variance_factor)
    raw = raw_grade(event.score_after, parts, event.open_interest, depth, event.mean_leverage)
    judge(standing, event.epoch, event.score_after, raw, parameters)
    score.better_grade = standing.better_grade
    score.better_waiting, score.below_waiting = standing.better_since is not None, standing.below_since is not None
    # A wait that is over leaves its start in the account.
    if standing.better_since is not None:
        score.better_since = standing.better_since
    if standing.below_since is not None:
        score.below_since = standing.below_since


REDUCERS = {events.ScoreUpdated: score_updated}
