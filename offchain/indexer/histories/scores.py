"""Each score with its raw values, its grade before and after waits, and the waits."""

from math import isqrt

from offchain.chain.generated.risk_engine.accounts import MarketConfig, MarketInputs, RiskScore, RiskWindow
from offchain.indexer.histories.told import Row, Told
from offchain.indexer.projections.state import same
from offchain.settings.parameters import Parameters
from offchain.verify.replay.risk.standing import RESTRICTED, C, raw_grade

NEUTRAL = (0, 0, 0, 0)
TOLD = (
    "leverage_factor oi_ratio_factor volatility_factor funding_variance_factor mean_leverage oi_ratio_bps "
    "open_interest samples funding_samples provisional reasons_before utilization_bps required_reserve"
)
"""Columns that the event tells under the same name."""
REPORTED = "open_interest_long open_interest_short depth cum_funding"


def score(told: Told) -> Row:
    """The row of a ScoreUpdated."""
    event, at = told.event, told.state.at.market(told.event.market_id)
    inputs, window = told.after(MarketInputs, at.inputs), told.after(RiskWindow, at.window)
    standing, parameters = told.after(RiskScore, at.score), told.state.parameters
    parts = (event.leverage_factor, event.oi_ratio_factor, event.volatility_factor, event.funding_variance_factor)
    measured = (parts, event.open_interest, inputs.depth, event.mean_leverage)
    beyond = event.score_after > parameters.score_restrict
    return told.market_row(
        actor=told.decoded.actor,
        composite_before=event.score_before,
        composite=event.score_after,
        volatility=volatility(window, parameters),
        funding_deviation=funding_deviation(window),
        sample_price=window.last_sample_price,
        plain_grade=RESTRICTED if beyond else raw_grade(event.score_after, NEUTRAL, 0, 1, 0),
        overlay=raw_grade(0, *measured) == C,
        raw_grade=RESTRICTED if beyond else raw_grade(event.score_after, *measured),
        # The event tells the score account's, which knows none before the first score.
        grade_before=told.before(MarketConfig, at.config).grade,
        grade=event.grade_after,
        restricted=bool(event.reasons_after & parameters.reason_score),
        reasons=event.reasons_after,
        reserve_bps=told.after(MarketConfig, at.config).min_reserve_ratio,
        **same(event, TOLD),
        **same(inputs, REPORTED),
        better_waiting=standing.better_waiting,
        # A wait that is over leaves its start in the account.
        better_since=standing.better_since if standing.better_waiting else 0,
        better_grade=standing.better_grade if standing.better_waiting else 0,
        below_waiting=standing.below_waiting,
        below_since=standing.below_since if standing.below_waiting else 0,
    )


def volatility(window: RiskWindow, parameters: Parameters) -> int:
    """Annualised deviation of the returns in the window, 1e9 = 100 %, rounded down; 0 without returns."""
    n = window.total_n
    if n == 0:
        return 0
    spread = window.total_square * n - window.total_sum * window.total_sum
    return isqrt(spread * parameters.epochs_per_year // (n * n))


def funding_deviation(window: RiskWindow) -> int:
    """Deviation of the funding rates in the window, 1e9 = 100 %, rounded up; 0 without rates."""
    m = window.funding_count
    if m == 0:
        return 0
    variance = (window.funding_square * m - window.funding_sum * window.funding_sum) // (m * m)
    root = isqrt(variance)
    return root + (root * root != variance)
