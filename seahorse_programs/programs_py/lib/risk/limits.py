# Restriction reasons and the limits a market gets from its grade and its pool.
from seahorse.prelude import *
from lib.fixed import mul_div, sub_floor
from lib.generated.params import REASON_ARREARS, REASON_DELISTED, REASON_EXIT, REASON_SCORE, REASON_STALE
from lib.generated.params import STALE_EPOCHS, UTIL_CAP_BPS, UTIL_MAX_BPS
from lib.risk.accounts import MarketConfig, MarketInputs, RiskScore
from lib.risk.grades import leverage_cap, reserve_bps


def reserve_known(inputs: MarketInputs, epoch: u64) -> bool:
    return inputs.has_reserve and inputs.reserve_epoch + STALE_EPOCHS >= epoch


# An unknown utilisation counts as the highest one.
def utilization(inputs: MarketInputs, epoch: u64) -> u64:
    if reserve_known(inputs, epoch):
        return inputs.utilization_bps
    return UTIL_MAX_BPS


def reasons_of(inputs: MarketInputs, score_restricted: bool, listed: bool) -> u8:
    reasons = u8(0)
    if score_restricted:
        reasons += REASON_SCORE
    if inputs.arrears:
        reasons += REASON_ARREARS
    if inputs.exit:
        reasons += REASON_EXIT
    if not listed:
        reasons += REASON_DELISTED
    return reasons


# The reasons as they are now, for a market that asks between two scores.
def reasons_now(score: RiskScore, inputs: MarketInputs, listed: bool, epoch: u64) -> u8:
    reasons = reasons_of(inputs, (score.reasons & REASON_SCORE) > 0, listed)
    if not score.has_score or score.epoch + STALE_EPOCHS < epoch:
        reasons += REASON_STALE
    return reasons


def market_leverage_cap(market_config: MarketConfig) -> u64:
    return min(market_config.max_leverage, leverage_cap(market_config.grade))


# The open interest that the pool's balance, less what is asked to leave, can cover at the grade's reserve ratio.
def open_interest_cap(market_config: MarketConfig, inputs: MarketInputs, epoch: u64) -> u64:
    if not reserve_known(inputs, epoch):
        return 0
    cover = sub_floor(inputs.available_balance, inputs.pending_withdrawals)
    return mul_div(cover, UTIL_CAP_BPS, reserve_bps(market_config.grade))
