"""From a score to a raw grade: thresholds and the overlay."""

from tests.model import parameters as P
from tests.model.score.factors import Factors

A, B, C, D, RESTRICTED = range(5)
EXTREME_FACTOR = 950_000
FLAGGED_OI_RATIO = 7_000
FLAGGED_LEVERAGE = 20 * P.BPS


def plain_grade(composite: int) -> int:
    """The grade by the score alone."""
    if composite < 300_000:
        return A
    if composite < 500_000:
        return B
    if composite < 650_000:
        return C
    return D if composite <= P.SCORE_RESTRICT else RESTRICTED


def overlaid(factors: Factors, oi_ratio: int, mean_leverage: int, open_interest: int) -> bool:
    """Whether one input alone forbids a grade better than C."""
    leveraged = open_interest > 0 and mean_leverage > FLAGGED_LEVERAGE
    return max(factors.all()) >= EXTREME_FACTOR or oi_ratio > FLAGGED_OI_RATIO or leveraged


def raw_grade(composite: int, overlay: bool) -> int:
    """The grade before hysteresis."""
    return max(plain_grade(composite), C) if overlay else plain_grade(composite)
