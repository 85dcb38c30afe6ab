"""Leverage and open-interest factors, and their composition."""

from dataclasses import dataclass
from fractions import Fraction

from tests.model import parameters as P
from tests.model.numbers import clamp, up

OI_RATIO_MAX = 10**9
WEIGHTS = (35, 25, 20, 20)
"""Per cent of leverage, open interest, volatility and funding variance."""


@dataclass(frozen=True)
class Factors:
    """The four factors, each 0..1e6."""

    leverage: int
    open_interest: int
    volatility: int
    funding: int

    def all(self) -> tuple[int, int, int, int]:
        """In the order of the weights."""
        return self.leverage, self.open_interest, self.volatility, self.funding


def leverage_factor(mean_leverage: int, open_interest: int) -> int:
    """1x..100x mapped to 0..1e6, rounded up; 0 without open interest."""
    if open_interest == 0:
        return 0
    return clamp(up(Fraction((mean_leverage - P.BPS) * P.ONE, 99 * P.BPS)), 0, P.ONE)


def oi_ratio_bps(open_interest: int, depth: int) -> int:
    """Open interest against depth in basis points, rounded up."""
    if open_interest == 0:
        return 0
    if depth == 0:
        return OI_RATIO_MAX
    return min(OI_RATIO_MAX, up(Fraction(open_interest * P.BPS, depth)))


def oi_ratio_factor(open_interest: int, depth: int) -> int:
    """Open interest against depth, 0..1e6, rounded up; no depth is 1e6."""
    if open_interest == 0:
        return 0
    if depth == 0:
        return P.ONE
    return min(P.ONE, up(Fraction(open_interest * P.ONE, depth)))


def composite(factors: Factors) -> int:
    """The weighted score, 0..1e6, rounded up."""
    return up(sum((Fraction(w * f, 100) for w, f in zip(WEIGHTS, factors.all(), strict=True)), Fraction(0)))
