# Events of the score and of what a market is told.
from seahorse.prelude import *
from lib.risk.accounts import MarketConfig, PriceFeed, RiskScore


@dataclass
class ScoreUpdated(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    score_before: u64
    score_after: u64
    grade_before: u8
    grade_after: u8
    reasons_before: u8
    reasons_after: u8
    leverage_factor: u64
    oi_ratio_factor: u64
    volatility_factor: u64
    funding_variance_factor: u64
    mean_leverage: u64
    oi_ratio_bps: u64
    open_interest: u64
    required_reserve: u64
    samples: u64
    funding_samples: u64
    provisional: bool
    utilization_bps: u64


@dataclass
class MarketSynced(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    price: u64
    publish_time: i64
    lag_price: u64
    provisional: bool
    grade: u8
    reasons: u8
    leverage_cap: u64
    open_interest_cap: u64


def emit_score(score: RiskScore, actor: Pubkey, slot: u64, score_before: u64, grade: u8, reasons: u8, utilization: u64):
    event = ScoreUpdated(
        score.market_id, actor, score.epoch, slot, score_before, score.composite_score, grade, score.grade,
        reasons, score.reasons, score.leverage_factor, score.oi_ratio_factor, score.volatility_factor,
        score.funding_variance_factor, score.mean_leverage, score.oi_ratio_bps, score.open_interest,
        score.required_reserve, score.samples, score.funding_samples, score.provisional, utilization,
    )
    event.emit()


def emit_synced(m: MarketConfig, feed: PriceFeed, actor: Pubkey, epoch: u64, slot: u64, reasons: u8, cap: u64, oi: u64):
    event = MarketSynced(
        m.market_id, actor, epoch, slot, feed.price, feed.publish_time, feed.lag_price, feed.provisional,
        m.grade, reasons, cap, oi,
    )
    event.emit()
