"""Rounding, by name: exact fractions become integers only here."""

import math
from fractions import Fraction


def down(value: Fraction) -> int:
    """The largest integer not above the value."""
    return math.floor(value)


def up(value: Fraction) -> int:
    """The smallest integer not below the value."""
    return math.ceil(value)


def toward_zero(value: Fraction) -> int:
    """The value without its fraction; negative values come closer to zero."""
    return math.trunc(value)


def root_down(value: Fraction | int) -> int:
    """The largest integer whose square is not above the value."""
    return math.isqrt(math.floor(value))


def root_up(value: int) -> int:
    """The smallest integer whose square is not below the value."""
    root = math.isqrt(value)
    return root if root * root == value else root + 1


def clamp(value: int, low: int, high: int) -> int:
    """The value, moved into [low, high]."""
    return max(low, min(value, high))


def bps(amount: int, rate: int) -> Fraction:
    """`rate` basis points of an amount, exactly."""
    return Fraction(amount * rate, 10_000)
