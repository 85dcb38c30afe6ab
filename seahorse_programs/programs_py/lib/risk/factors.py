# The four factors of the score (1e6 = 1.0) and their weighted sum. Every factor is rounded up: risk is never
# understated.
from seahorse.prelude import *
from lib.fixed import div_up, isqrt
from lib.generated.params import EPOCHS_PER_YEAR, WARMUP_FUNDING, WARMUP_UPDATES
from lib.risk.accounts import MarketInputs, RiskScore, RiskWindow

FULL = 1_000_000
RATIO_MAX = 1_000_000_000


# 1x .. 100x, linearly.
def leverage_factor(mean_leverage: u64, open_interest: u64) -> u64:
    if open_interest == 0 or mean_leverage <= 10_000:
        return 0
    return u64(min(div_up(u128(mean_leverage - 10_000) * FULL, 990_000), FULL))


# Open interest against the depth within 2 % of the price, at a scale and with a limit.
def depth_ratio(open_interest: u64, depth: u64, scale: u64, limit: u64) -> u64:
    if open_interest == 0:
        return 0
    if depth == 0:
        return limit
    return u64(min(div_up(u128(open_interest) * u128(scale), u128(depth)), u128(limit)))


# Annualised standard deviation of the returns; 200 % = 1.0.
def volatility_factor(window: RiskWindow) -> u64:
    if window.updates < WARMUP_UPDATES or window.total_n == 0:
        return FULL
    n = u128(window.total_n)
    spread = window.total_square * n - u128(window.total_sum * window.total_sum)
    sigma = isqrt(spread * EPOCHS_PER_YEAR // (n * n))
    return u64(min(div_up(sigma, 2_000), FULL))


# Standard deviation of the 8-hour funding rate; 0.10 % = 1.0.
def funding_factor(window: RiskWindow) -> u64:
    if window.funding_count < WARMUP_FUNDING:
        return FULL
    m = u128(window.funding_count)
    variance = (window.funding_square * m - u128(window.funding_sum * window.funding_sum)) // (m * m)
    root = isqrt(variance)
    if root * root < variance:
        root += 1
    return u64(min(root, FULL))


# Fills the raw values, the factors and the composite of a score from the inputs and the window.
def measure(score: RiskScore, inputs: MarketInputs, window: RiskWindow):
    open_interest = max(inputs.open_interest_long, inputs.open_interest_short)
    score.open_interest = open_interest
    score.mean_leverage = inputs.mean_leverage
    score.samples = window.updates
    score.funding_samples = u64(window.funding_count)
    score.provisional = window.updates < WARMUP_UPDATES or window.funding_count < WARMUP_FUNDING
    score.oi_ratio_bps = depth_ratio(open_interest, inputs.depth, 10_000, RATIO_MAX)
    score.leverage_factor = leverage_factor(inputs.mean_leverage, open_interest)
    score.oi_ratio_factor = depth_ratio(open_interest, inputs.depth, FULL, FULL)
    score.volatility_factor = volatility_factor(window)
    score.funding_variance_factor = funding_factor(window)
    calm = 35 * score.leverage_factor + 25 * score.oi_ratio_factor
    wild = 20 * score.volatility_factor + 20 * score.funding_variance_factor
    score.composite_score = (calm + wild + 99) // 100
