"""What all instruction builders share."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from construct import ConstructError
from solders.instruction import Instruction

from offchain.chain.units import UnitError

P = ParamSpec("P")


def checked(builder: Callable[P, Instruction]) -> Callable[P, Instruction]:
    """Turn a number that does not fit its field (negative, above 64 bits, a float) into a UnitError."""

    @wraps(builder)
    def build(*args: P.args, **kwargs: P.kwargs) -> Instruction:
        try:
            return builder(*args, **kwargs)
        except ConstructError as error:
            numbers = [value for value in (*args, *kwargs.values()) if isinstance(value, int | float)]
            raise UnitError(
                f"{builder.__name__}: one of the numbers {numbers} is negative, no integer or above 64 bits"
            ) from error

    return build
