"""The price of a share, with virtual shares against inflation."""

from fractions import Fraction

from tests.model import parameters as P
from tests.model.numbers import down
from tests.model.pool.state import Pool


def shares_for(pool: Pool, amount: int) -> int:
    """Shares that a deposit mints, rounded down; it pays the full net asset value."""
    return down(amount * Fraction(pool.total_shares + P.VIRTUAL, pool.available + P.VIRTUAL))


def assets_for(pool: Pool, shares: int) -> int:
    """What shares redeem for, rounded down: less the known deficit beyond leftovers, never above what is there."""
    value = max(0, pool.available - max(0, pool.unsettled - pool.residual))
    redeemed = down(shares * Fraction(value + P.VIRTUAL, pool.total_shares + P.VIRTUAL))
    return min(redeemed, pool.available)
