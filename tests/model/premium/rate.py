"""The premium's share of the trading fees."""

from fractions import Fraction

from tests.model import parameters as P
from tests.model.numbers import up


def formula(score: int, utilization_bps: int, restricted: bool) -> int:
    """The rate in basis points that score and utilisation ask for."""
    if restricted:
        return P.RATE_MAX_BPS
    rate = up(P.RATE_BASE_BPS + Fraction(P.RATE_SPAN_BPS * min(score, P.SCORE_RESTRICT), P.SCORE_RESTRICT))
    if utilization_bps > P.UTIL_CAP_BPS:
        rate = up(Fraction(rate * 125, 100))
    return min(rate, P.RATE_MAX_BPS)


def next_rate(old: int | None, score: int, utilization_bps: int, restricted: bool) -> int:
    """The rate of an update: a rise at once, a fall by at most 250 basis points; `old` is None at first."""
    wanted = formula(score, utilization_bps, restricted)
    return wanted if old is None else max(wanted, old - P.RATE_FALL_BPS)
