"""Amounts, ratios and prices: exact integers inside, decimal strings outside. Floats are refused everywhere.

Amounts are USDC atoms (6 decimals), prices and base sizes 1e-6, scores and factors 1e6 = 1.0, ratios basis points,
leverage 1x = 10 000.
"""

from decimal import Decimal, InvalidOperation

from offchain.errors import PercosecError

USDC_DECIMALS = 6
ATOMS = 10**USDC_DECIMALS
"""Atoms in one USDC."""
PRICE_DECIMALS = 6
SIZE_DECIMALS = 6
BPS = 10_000
"""Basis points in one whole."""
LEVERAGE_ONE = 10_000
"""1x."""
FACTOR_ONE = 1_000_000
"""A score or factor of 1.0."""
U64_MAX = (1 << 64) - 1
MAX_LENGTH = 64
"""Longest number read, in characters: far more than 64 bits need."""

Number = str | int | Decimal


class UnitError(PercosecError):
    """A number can't be used as it was given."""


def atoms(value: Number) -> int:
    """USDC -> atoms: `atoms("1.50") == 1_500_000`; UnitError for floats, negatives and more than 6 decimals."""
    return _scaled(value, USDC_DECIMALS, "amount in USDC")


def price(value: Number) -> int:
    """USD -> 1e-6 USD."""
    return _scaled(value, PRICE_DECIMALS, "price in USD")


def size(value: Number) -> int:
    """Base asset -> 1e-6 of it."""
    return _scaled(value, SIZE_DECIMALS, "size in the base asset")


def bps(value: Number) -> int:
    """Percent -> basis points: `bps("0.3") == 30`."""
    return _scaled(value, 2, "percentage")


def leverage(value: Number) -> int:
    """Multiple -> protocol units: `leverage("2.5") == 25_000`."""
    return _scaled(value, 4, "leverage")


def format_usdc(amount: int, symbol: bool = False) -> str:
    """Atoms -> `1,234.567890`, all six decimals; with `symbol` followed by ` USDC`."""
    return _fixed(amount, USDC_DECIMALS) + (" USDC" if symbol else "")


def format_price(value: int) -> str:
    """1e-6 USD -> `7,911.43`, at least two decimals and no more than needed."""
    whole, _, decimals = _fixed(value, PRICE_DECIMALS).partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


def format_bps(value: int) -> str:
    """Basis points -> `12.34 %`."""
    return f"{_fixed(value, 2)} %"


def format_factor(value: int) -> str:
    """Score or factor (1e6 = 1.0) -> `0.750000`."""
    return _fixed(value, 6)


def format_leverage(value: int) -> str:
    """Leverage (10 000 = 1x) -> `12.5x`."""
    whole, _, decimals = _fixed(value, 4).partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole}.{decimals}x" if decimals else f"{whole}x"


def _fixed(value: int, decimals: int) -> str:
    if type(value) is not int:
        raise UnitError(f"{value!r} is no integer: amounts are kept in whole units")
    whole, rest = divmod(abs(value), 10**decimals)
    return f"{'-' if value < 0 else ''}{whole:,}.{rest:0{decimals}d}"


def _scaled(value: Number, decimals: int, what: str) -> int:
    """`value * 10**decimals`, exactly, in 0 .. 2^64 - 1."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise UnitError(f"give the {what} as a decimal string such as '12.5', not as {type(value).__name__} {value!r}")
    number = _number(value, what)
    if number < 0:
        raise UnitError(f"the {what} can't be negative: {value}")
    _, digits, exponent = number.as_tuple()
    return _shift(int("".join(map(str, digits))), int(exponent) + decimals, str(value), what, decimals)


def _number(value: Number, what: str) -> Decimal:
    """A finite Decimal; a comma is refused, as it means thousands to one reader and decimals to the next."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or (isinstance(value, str) and (not value.isascii() or len(value) > MAX_LENGTH)):
        raise UnitError(f"{value!r:.80} is no {what}: write digits with a point, such as '12.5'")
    return number


def _shift(digits: int, power: int, shown: str, what: str, decimals: int) -> int:
    """`digits * 10**power`, in bounds and without a rest."""
    if digits and power < -MAX_LENGTH:
        raise UnitError(f"the {what} {shown} has more than {decimals} decimals: round it first")
    factor: int = 10 ** min(abs(power), MAX_LENGTH)
    scaled, rest = (digits * factor, 0) if power >= 0 else divmod(digits, factor)
    if rest:
        raise UnitError(f"the {what} {shown} has more than {decimals} decimals: round it first")
    if scaled > U64_MAX:
        raise UnitError(f"the {what} {shown} is too large: at most {_fixed(U64_MAX, decimals)}")
    return scaled
