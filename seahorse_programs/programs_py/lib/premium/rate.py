# The premium rate: rises with the score, applies a rise at once and a fall in steps.
from seahorse.prelude import *
from lib.fixed import mul_div_up
from lib.generated.params import RATE_BASE_BPS, RATE_FALL_BPS, RATE_MAX_BPS, RATE_SPAN_BPS, SCORE_RESTRICT, UTIL_CAP_BPS
from lib.premium.accounts import PremiumAccount


# The rate the formula asks for, before the limit on a fall.
def target_rate(score: u64, utilization_bps: u64, score_restricted: bool) -> u64:
    if score_restricted:
        return RATE_MAX_BPS
    rate = RATE_BASE_BPS + mul_div_up(RATE_SPAN_BPS, min(score, SCORE_RESTRICT), SCORE_RESTRICT)
    if utilization_bps > UTIL_CAP_BPS:
        rate = mul_div_up(rate, 125, 100)
    return min(rate, RATE_MAX_BPS)


def settle_rate(premium: PremiumAccount, target: u64):
    if premium.has_rate:
        premium.rate_bps = max(target, premium.rate_bps - min(premium.rate_bps, RATE_FALL_BPS))
    else:
        premium.rate_bps = target
        premium.has_rate = True
