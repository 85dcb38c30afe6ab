"""Epochs and the waits that shrink with them in development builds."""

from fractions import Fraction

from tests.model import parameters as P
from tests.model.numbers import down


def epoch_at(now: int, genesis: int, epoch_seconds: int = P.EPOCH_SECONDS) -> int:
    """The epoch that contains a unix time not before genesis."""
    return down(Fraction(now - genesis, epoch_seconds))


def wait(seconds: int, epoch_seconds: int = P.EPOCH_SECONDS) -> int:
    """A minimum wait in seconds, in proportion to the length of the epoch, at least 1."""
    return max(1, down(Fraction(seconds * epoch_seconds, P.EPOCH_SECONDS)))
