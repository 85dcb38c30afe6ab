"""Thirty days of returns and of funding rates, and the two factors they give."""

from dataclasses import dataclass, field
from math import isqrt

from offchain.settings.parameters import Parameters
from offchain.verify.replay.arithmetic import toward_zero, up

DAYS = 30
RATES = 90
RATE_MAX = 2 * 10**9
LN_ONE = 10**9
LN_TWO = 693_147_181
SERIES_END = 16
FACTOR_ONE = 10**6
DEVIATION_PER_FACTOR = 2_000


@dataclass(slots=True)
class Window:
    """What a market's window holds; returns are (day, epochs, value at 1e9)."""

    returns: list[tuple[int, int, int]] = field(default_factory=list)
    sample: tuple[int, int] | None = None
    """Price and epoch of the last sample."""
    updates: int = 0
    rates: list[int] = field(default_factory=list)
    funding: tuple[int, int] | None = None
    """Cumulative funding and 8-hour window when it was last read."""


def ln_ratio(price: int, before: int) -> int:
    """ln(price / before) at 1e9 by the protocol's series; every product is cut toward zero."""
    twos = 0
    while price > 2 * before:
        before, twos = 2 * before, twos + 1
    while 2 * price < before:
        price, twos = 2 * price, twos - 1
    term = total = y = toward_zero((price - before) * LN_ONE, price + before)
    for k in range(3, SERIES_END, 2):
        term = toward_zero(term * (y * y // LN_ONE), LN_ONE)
        total += toward_zero(term, k)
    return 2 * total + twos * LN_TWO


def take_sample(window: Window, sample: tuple[int, int], parameters: Parameters) -> None:
    """The feed's sample of an epoch, once."""
    price, epoch = sample
    last, window.sample = window.sample, sample if window.sample is None or epoch > window.sample[1] else window.sample
    if last is None:
        window.updates += 1
    elif 0 < epoch - last[1] <= parameters.gap_max:
        day = epoch // parameters.epochs_per_day
        kept = [one for one in window.returns if one[0] > day - DAYS]
        window.returns = [*kept, (day, epoch - last[1], ln_ratio(price, last[0]))]
        window.updates += 1


def take_funding(window: Window, cumulative: int, epoch: int, parameters: Parameters) -> None:
    """The funding of each whole 8-hour window since the last one."""
    current = epoch // parameters.funding_epochs
    if window.funding is not None:
        passed = current - window.funding[1]
        if passed <= 0:
            return
        rate = max(-RATE_MAX, min(RATE_MAX, toward_zero(cumulative - window.funding[0], passed)))
        window.rates = (window.rates + [rate] * min(passed, RATES))[-RATES:]
    window.funding = (cumulative, current)


def volatility_factor(window: Window, parameters: Parameters) -> int:
    """0..1e6 from the annualised deviation of the returns."""
    if window.updates < parameters.warmup_updates or not window.returns:
        return FACTOR_ONE
    n = sum(epochs for _, epochs, _ in window.returns)
    total = sum(value for _, _, value in window.returns)
    square = sum(value * value for _, _, value in window.returns)
    deviation = isqrt((square * n - total * total) * parameters.epochs_per_year // (n * n))
    return min(FACTOR_ONE, up(deviation, 1, DEVIATION_PER_FACTOR))


def funding_factor(window: Window, parameters: Parameters) -> int:
    """0..1e6 from the deviation of the funding rates."""
    m = len(window.rates)
    if m < parameters.warmup_funding:
        return FACTOR_ONE
    variance = (sum(rate * rate for rate in window.rates) * m - sum(window.rates) ** 2) // (m * m)
    root = isqrt(variance)
    return min(FACTOR_ONE, root + (root * root != variance))
