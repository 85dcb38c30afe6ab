"""What providers earned: realised, from share prices alone, net of claims and fees. Never a forecast."""

from dataclasses import dataclass

import msgspec

from offchain.processor.figures.periods import DAY, ONE, YEAR_DAYS

APY_MAX = 10**15
"""A compounded rate beyond this is shown as this: it says nothing any more."""


@dataclass(frozen=True)
class SharePoint:
    """A pool's share price at a time."""

    time: int
    """Unix seconds."""
    generation: int
    total_shares: int
    assets: int
    """Exact share price: `assets / shares`."""
    shares: int


class Yield(msgspec.Struct, frozen=True):
    """One period of one pool. Rates are 1e6 = 100 %, rounded down; None until the pool has so much history."""

    days: int
    """Length of the period."""
    from_time: int | None
    """Unix time at which it begins."""
    to_time: int
    """Unix time of the newest stored transaction."""
    history_from: int | None
    """Since when the pool has had shares without a break; the period is known `days` later."""
    start_price: int | None
    """Share price at the beginning, 1e9 = one atom a share; that of an earlier generation where one ended."""
    end_price: int | None
    return_e6: int | None
    """What one share gained or lost in the period; -1 000 000 when a claim took everything."""
    apr_e6: int | None
    """The return times 365 / days, without compounding."""
    apy_e6: int | None
    """The return compounded over 365 days; at most 10^15."""


def pool_yield(
    start: SharePoint | None, end: SharePoint | None, history_from: int | None, days: int, as_of: int
) -> Yield:
    """The yield from `start`, the last share price at or before `as_of - days`, to `end`, the last one of all.

    `history_from`: since when somebody held shares, claims that took everything included.
    """
    from_time = as_of - days * DAY
    if start is None or end is None or history_from is None or history_from > from_time:
        return Yield(days, None, as_of, history_from, None, None, None, None, None)
    above, below = growth(start, end)
    return Yield(
        days=days,
        from_time=from_time,
        to_time=as_of,
        history_from=history_from,
        start_price=start.assets * 10**9 // start.shares,
        end_price=end.assets * 10**9 // end.shares,
        return_e6=(above - below) * ONE // below,
        apr_e6=(above - below) * ONE * YEAR_DAYS // (below * days),
        apy_e6=compounded(above, below, days),
    )


def growth(start: SharePoint, end: SharePoint) -> tuple[int, int]:
    """What one share became, as a fraction; 0 when its generation has ended."""
    if start.generation != end.generation:
        return 0, 1
    return end.assets * start.shares, end.shares * start.assets


def compounded(above: int, below: int, days: int) -> int:
    """`(above / below) ^ (365 / days) - 1` at 1e6 = 100 %, exactly rounded down, at most APY_MAX."""
    power = ONE**days * above**YEAR_DAYS // below**YEAR_DAYS
    return min(integer_root(power, days) - ONE, APY_MAX)


def integer_root(number: int, degree: int) -> int:
    """The largest integer whose power of this degree is not above `number`, by Newton's method from above."""
    if number == 0:
        return 0
    guess = 1 << -(-number.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + number // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess
        guess = better
