"""The last ninety 8-hour funding rates, from the market's cumulative funding."""

from dataclasses import dataclass, replace
from fractions import Fraction

from tests.model import parameters as P
from tests.model.numbers import clamp, down, root_up, toward_zero

RATES_KEPT = 90
RATE_MAX = 2 * 10**9
"""200 % in 8 hours; a rate beyond counts as that."""


@dataclass(frozen=True)
class FundingHistory:
    """Rates of the last 8-hour windows (1e9 = 100 %), oldest first."""

    rates: tuple[int, ...] = ()
    last_cumulative: int = 0
    last_window: int = 0
    started: bool = False


def take_funding(history: FundingHistory, cumulative: int, epoch: int) -> FundingHistory:
    """The history at an epoch; missed windows share the difference evenly."""
    window = epoch // P.FUNDING_EPOCHS
    if not history.started:
        return replace(history, last_cumulative=cumulative, last_window=window, started=True)
    passed = window - history.last_window
    if passed <= 0:
        return history
    rate = clamp(toward_zero(Fraction(cumulative - history.last_cumulative, passed)), -RATE_MAX, RATE_MAX)
    rates = (*history.rates, *([rate] * min(passed, RATES_KEPT)))[-RATES_KEPT:]
    return replace(history, rates=rates, last_cumulative=cumulative, last_window=window)


def funding_variance_factor(history: FundingHistory) -> int:
    """0..1e6: the deviation of the rates against 0.10 %, rounded up; 1e6 with fewer than nine rates."""
    count = len(history.rates)
    if count < P.WARMUP_FUNDING:
        return P.ONE
    mean = Fraction(sum(history.rates), count)
    variance = down(Fraction(sum(rate * rate for rate in history.rates), count) - mean * mean)
    return min(P.ONE, root_up(variance))
