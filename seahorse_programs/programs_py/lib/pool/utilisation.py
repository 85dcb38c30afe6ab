# How much of the pool the market's open interest needs, and what may leave it.
from seahorse.prelude import *
from lib.fixed import mul_div_up, sub_floor
from lib.generated.params import STALE_EPOCHS, UTIL_CAP_BPS, UTIL_MAX_BPS
from lib.pool.accounts import InsurancePool


# Stores required reserve / available balance in basis points, rounded up.
def refresh_utilisation(pool: InsurancePool):
    pool.utilization_rate = utilisation(pool.required_reserve, pool.available_balance)


def utilisation(required: u64, available: u64) -> u64:
    if required == 0:
        return 0
    if available == 0:
        return UTIL_MAX_BPS
    ratio = (u128(required) * 10_000 + u128(available) - 1) // u128(available)
    return u64(min(ratio, UTIL_MAX_BPS))


# The part of the available balance that can leave without lifting the utilisation above the cap.
def withdrawable(pool: InsurancePool) -> u64:
    return sub_floor(pool.available_balance, mul_div_up(pool.required_reserve, 10_000, UTIL_CAP_BPS))


# Whether the last score is young enough to act on.
def is_fresh(pool: InsurancePool, epoch: u64) -> bool:
    return pool.score_epoch + STALE_EPOCHS >= epoch


# The restriction EXIT ends when all pending requests fit under the cap.
def clear_exit_if_served(pool: InsurancePool):
    if pool.pending_value <= withdrawable(pool):
        pool.exit = False
