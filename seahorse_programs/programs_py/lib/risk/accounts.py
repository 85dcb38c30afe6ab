# Accounts of the risk engine. Units: docs/spec.md, sections 0 and 1.
from seahorse.prelude import *


# *_fp: fingerprint of the peer program; scoring_fp: of premium manager and pool together, for one derivation a score.
class RiskConfig(Account):
    admin: Pubkey
    pending_admin: Pubkey
    guardian: Pubkey
    mint: Pubkey
    premium_program: Pubkey
    premium_fp: Pubkey
    premium_authority: Pubkey
    pool_program: Pubkey
    pool_fp: Pubkey
    pool_authority: Pubkey
    handler_program: Pubkey
    handler_fp: Pubkey
    handler_authority: Pubkey
    scoring_fp: Pubkey
    genesis: i64
    epoch_seconds: u64
    paused_until: i64
    pause_allowed_at: i64
    dev: bool
    bump: u8

    def epoch_at(self, now: i64) -> u64:
        return u64((now - self.genesis) // i64(self.epoch_seconds))

    # A minimum wait in seconds, shortened in development builds with short epochs.
    def wait(self, seconds: u64) -> i64:
        return i64(max(seconds * self.epoch_seconds // 900, 1))


class AllowedEngine(Account):
    program: Pubkey
    fingerprint: Pubkey
    active: bool
    bump: u8


# status: 0 blank, 1 activated by the market's signature, 2 live (all three peers know the terms).
# terms_pushed: bit 1 premium manager, 2 insurance pool, 4 insolvency handler.
class MarketConfig(Account):
    market_id: Pubkey
    oracle_feed: Pubkey
    max_leverage: u64
    insolvency_threshold: u64
    min_reserve_ratio: u64
    active: bool
    engine: Pubkey
    engine_fp: Pubkey
    creator: Pubkey
    market_vault: Pubkey
    premium: Pubkey
    pool: Pubkey
    index: u64
    grade: u8
    status: u8
    terms_pushed: u8
    lock_epochs: u64
    notice_epochs: u64
    performance_fee_bps: u64
    genesis: i64
    epoch_seconds: u64
    next_lock: u64
    next_notice: u64
    next_max_leverage: u64
    next_epoch: u64
    change_pending: bool
    bump: u8


class RiskScore(Account):
    market_id: Pubkey
    composite_score: u64
    leverage_factor: u64
    oi_ratio_factor: u64
    volatility_factor: u64
    funding_variance_factor: u64
    last_updated_at: i64
    epoch: u64
    samples: u64
    funding_samples: u64
    provisional: bool
    oi_ratio_bps: u64
    mean_leverage: u64
    open_interest: u64
    required_reserve: u64
    grade: u8
    reasons: u8
    better_since: u64
    better_grade: u8
    better_waiting: bool
    below_since: u64
    below_waiting: bool
    has_score: bool
    bump: u8


# What market, pool and premium manager reported last; each part is written by its owner's signature only.
class MarketInputs(Account):
    market_id: Pubkey
    stats_epoch: u64
    open_interest_long: u64
    open_interest_short: u64
    open_interest_now: u64
    mean_leverage: u64
    depth: u64
    cum_funding: i64
    has_stats: bool
    available_balance: u64
    pending_withdrawals: u64
    utilization_bps: u64
    reserve_epoch: u64
    exit: bool
    has_reserve: bool
    arrears: bool
    arrears_epoch: u64
    bump: u8


# Thirty daily buckets of log returns (1e9, a bucket to a word: window.py) and ninety 8-hour funding rates (1e9, four to a
# word: funding.py), with running totals.
class RiskWindow(Account):
    market_id: Pubkey
    days: Array[u128, 30]
    funding: Array[u128, 23]
    day: u64
    head: u8
    last_sample_epoch: u64
    last_sample_price: u64
    has_sample: bool
    total_n: u64
    total_sum: i128
    total_square: u128
    funding_head: u8
    funding_count: u8
    funding_sum: i128
    funding_square: u128
    last_cum: i64
    last_window: u64
    has_funding: bool
    updates: u64
    bump: u8


# source: 0 publisher (development only), 1 Pyth adapter, 2 Switchboard adapter.
class PriceFeed(Account):
    feed_id: Pubkey
    writer: Pubkey
    source: u8
    price: u64
    conf: u64
    publish_time: i64
    candidate_price: u64
    candidate_time: i64
    lag_price: u64
    lag_time: i64
    provisional: bool
    provisional_price: u64
    provisional_time: i64
    sample_price: u64
    sample_epoch: u64
    has_sample: bool
    updates: u64
    bump: u8
