# One update of a market's score: when it is due, and what follows from a measurement.
from seahorse.prelude import *
from lib.fixed import mul_div_up
from lib.generated.params import REASON_SCORE
from lib.risk.accounts import MarketConfig, MarketInputs, PriceFeed, RiskScore, RiskWindow
from lib.risk.factors import measure
from lib.risk.grades import reserve_bps, settle_grade
from lib.risk.limits import reasons_of


def check_score_due(m: MarketConfig, score: RiskScore, inputs: MarketInputs, feed: PriceFeed, epoch: u64, now: i64):
    assert m.status == 2, 'E_STATE: push the terms of this market first'
    due = epoch > score.epoch or not score.has_score
    assert due, 'E_EARLY: the score of this epoch exists already'
    reported = inputs.has_stats and inputs.stats_epoch + 1 == epoch
    assert reported, 'E_STATISTICS: push the statistics of the last epoch first'
    fresh = feed.publish_time + 2 * i64(m.epoch_seconds) >= now
    assert fresh, 'E_PRICE_STALE: push a price first'


def settle_score(
    m: MarketConfig, score: RiskScore, inputs: MarketInputs, window: RiskWindow, listed: bool, epoch: u64, now: i64,
):
    measure(score, inputs, window)
    restricted = settle_grade(score, epoch)
    score.reasons = reasons_of(inputs, restricted, listed)
    score.has_score = True
    score.epoch = epoch
    score.last_updated_at = now
    m.grade = score.grade
    m.min_reserve_ratio = reserve_bps(score.grade)
    score.required_reserve = mul_div_up(score.open_interest, m.min_reserve_ratio, 10_000)
