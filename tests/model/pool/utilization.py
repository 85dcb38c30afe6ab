"""Utilisation, and what may leave the pool below the 85 % cap."""

from fractions import Fraction

from tests.model import parameters as P
from tests.model.numbers import up
from tests.model.pool.state import Pool


def utilization_bps(pool: Pool) -> int:
    """Required reserve over available capital, basis points, rounded up, at most 1e6."""
    if pool.required_reserve == 0:
        return 0
    if pool.available == 0:
        return P.UTIL_MAX_BPS
    return min(P.UTIL_MAX_BPS, up(Fraction(pool.required_reserve * P.BPS, pool.available)))


def withdrawable(pool: Pool) -> int:
    """What can leave without lifting utilisation above 85 %."""
    return max(0, pool.available - up(Fraction(pool.required_reserve * P.BPS, P.UTIL_CAP_BPS)))


def is_fresh(pool: Pool, epoch: int) -> bool:
    """Whether the last score counts: at most two epochs old."""
    return pool.score_epoch is not None and pool.score_epoch + P.STALE_EPOCHS >= epoch
