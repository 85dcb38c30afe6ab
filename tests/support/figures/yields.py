"""What a share of a pool gained: from the pool's states in raw events, by docs/figures.md."""

from dataclasses import dataclass
from fractions import Fraction

from tests.model import parameters as P
from tests.model.numbers import down
from tests.support.figures.pool_path import Point
from tests.support.figures.shown import number

DAY = 86_400
YEAR = 365
RETURN_ONE = 10**6


@dataclass(frozen=True)
class Gain:
    """Of one period; 1e6 = 100 %, rounded down."""

    gained: int
    a_year: int


def share(point: Point) -> Fraction:
    """Atoms for a share, exactly, the virtual ones counted in."""
    pool = point.pool
    priced = max(0, pool.available - max(0, pool.unsettled - pool.residual))
    return Fraction(priced + P.VIRTUAL, pool.total_shares + P.VIRTUAL)


def held_since(path: list[Point]) -> int | None:
    """Since when somebody has held shares without a break; unix seconds."""
    since = None
    for point in path:
        if point.left:
            since = None
        elif since is None and point.pool.total_shares:
            since = point.time
    return since


def gain(path: list[Point], days: int, until: int) -> Gain | None:
    """Over so many days up to `until`; None before the pool has the history."""
    begin, since = until - days * DAY, held_since(path)
    before = [point for point in path if point.time <= begin]
    if since is None or since > begin or not before:
        return None
    first, last = before[-1], path[-1]
    factor = share(last) / share(first) if first.pool.generation == last.pool.generation else Fraction(0)
    return Gain(down((factor - 1) * RETURN_ONE), _root(factor**YEAR, days) - RETURN_ONE)


def shown_yield(path: list[Point], days: int, until: int) -> str:
    """Made a year's, as the pages show it, or when there will be one."""
    found = gain(path, days, until)
    if found is None:
        return _later(days)
    return f"{number(found.a_year, 4, 2)} % ({number(found.gained, 4, 2)} % in {days} d)"


def shown_return(path: list[Point], days: int, until: int) -> str:
    """What a share gained or lost in the period itself, with its sign."""
    found = gain(path, days, until)
    return _later(days) if found is None else f"{'+' if found.gained > 0 else ''}{number(found.gained, 4, 2)} %"


def _later(days: int) -> str:
    return f"after {days} d of history"


def _root(power: Fraction, degree: int) -> int:
    """The largest x with (x / 1e6) ** degree <= power, by bisection."""
    low, high = 0, RETURN_ONE
    while Fraction(high, RETURN_ONE) ** degree <= power:
        high *= 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if Fraction(middle, RETURN_ONE) ** degree <= power else (low, middle)
    return low
