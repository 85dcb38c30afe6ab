"""The price of a share, with virtual shares against inflation."""

from fractions import Fraction

from tests.model import parameters as P
from tests.model.numbers import down
from tests.model.pool.state import Pool


def shares_for(pool: Pool, amount: int) -> int:
    """Shares that a deposit mints, rounded down; it pays the full net asset value."""
    return down(amount * Fraction(pool.total_shares + P.VIRTUAL, pool.available + P.VIRTUAL))


def assets_for(pool: Pool, shares: int) -> int:
    """What shares redeem for, rounded down: less the deficit already known, and never above what is there."""
    value = max(0, pool.available - pool.unsettled)
    redeemed = down(shares * Fraction(value + P.VIRTUAL, pool.total_shares + P.VIRTUAL))
    return min(redeemed, pool.available)
