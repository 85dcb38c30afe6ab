"""One price as a source gave it, in integers of 1e-6 USD."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

DECIMALS = 6
LARGEST = (1 << 63) - 1
MAX_TIME = 1 << 40
_MAX_EXPONENT = 30
_MAX_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Quote:
    """What a source says about a pair; nothing is checked yet."""

    pair: str
    source: str
    price: int
    """1e-6 USD."""
    conf: int
    """Half the width of the interval the source believes in, 1e-6 USD."""
    publish_time: int
    """When the source made it, unix seconds."""


def micro(mantissa: int, exponent: int, *, up: bool = False) -> int:
    """`mantissa * 10**exponent` USD in 1e-6 USD, rounded down, or up; ValueError beyond 63 bits."""
    shift = exponent + DECIMALS
    if abs(shift) > _MAX_EXPONENT:
        raise ValueError(f"exponent {exponent} is out of range")
    factor: int = 10 ** abs(shift)
    down = -(-mantissa // factor) if up else mantissa // factor
    value = mantissa * factor if shift >= 0 else down
    if abs(value) > LARGEST:
        raise ValueError(f"{mantissa}e{exponent} is out of range")
    return value


def micro_of(text: str) -> int:
    """A decimal string in USD as 1e-6 USD, rounded down; ValueError when it is none."""
    if len(text) > _MAX_LENGTH or not text.isascii():
        raise ValueError(f"{text[:20]!r}... is no price")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is no price") from None
    if not number.is_finite():
        raise ValueError(f"{text!r} is no price")
    sign, digits, exponent = number.as_tuple()
    mantissa = int("".join(map(str, digits)))
    return micro(-mantissa if sign else mantissa, int(exponent))


def checked_time(seconds: int) -> int:
    """A unix time that a candle can have; ValueError for others."""
    if not 0 <= seconds < MAX_TIME:
        raise ValueError(f"the time {seconds} is out of range")
    return seconds
