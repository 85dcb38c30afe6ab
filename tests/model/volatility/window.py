"""The window of returns: samples of an epoch each, dropped by whole days after thirty."""

from dataclasses import dataclass, replace
from fractions import Fraction

from tests.model import parameters as P
from tests.model.logarithm import ln_ratio
from tests.model.numbers import root_down, up

DAYS = 30
DEVIATION_OF_ONE = 2_000
"""An annual deviation of 200 % at 1e9 gives factor 1e6: 2e9 / 1e6."""


@dataclass(frozen=True)
class Return:
    """A log return (1e9) over `epochs` epochs that ended on `day`."""

    day: int
    epochs: int
    value: int


@dataclass(frozen=True)
class Window:
    """All returns still in the window, and the last sample."""

    returns: tuple[Return, ...] = ()
    last_price: int = 0
    last_epoch: int = 0
    has_sample: bool = False
    updates: int = 0


def take_sample(window: Window, price: int, epoch: int) -> Window:
    """The window after the feed's sample of an epoch; a sample already taken changes nothing."""
    if window.has_sample and epoch <= window.last_epoch:
        return window
    fresh = replace(window, last_price=price, last_epoch=epoch, has_sample=True)
    if not window.has_sample:
        return replace(fresh, updates=1)
    gap = epoch - window.last_epoch
    if gap > P.GAP_MAX:
        return fresh
    day = epoch // P.EPOCHS_PER_DAY
    kept = tuple(r for r in window.returns if r.day > day - DAYS)
    added = Return(day, gap, ln_ratio(price, window.last_price))
    return replace(fresh, returns=(*kept, added), updates=window.updates + 1)


def totals(window: Window) -> tuple[int, int, int]:
    """Samples (a return over k epochs counts k), sum and sum of squares of the returns."""
    returns = window.returns
    return sum(r.epochs for r in returns), sum(r.value for r in returns), sum(r.value**2 for r in returns)


def deviation(window: Window) -> int:
    """Annualised standard deviation (population form) at 1e9, rounded down; 0 without a return."""
    n, total, square = totals(window)
    if n == 0:
        return 0
    mean = Fraction(total, n)
    variance = Fraction(square, n) - mean * mean
    return root_down(variance * P.EPOCHS_PER_YEAR)


def volatility_factor(window: Window) -> int:
    """0..1e6, rounded up; 1e6 while the window has seen fewer than 96 updates."""
    if window.updates < P.WARMUP_UPDATES or not window.returns:
        return P.ONE
    return min(P.ONE, up(Fraction(deviation(window), DEVIATION_OF_ONE)))
