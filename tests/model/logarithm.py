"""Natural logarithm of a price ratio at scale 1e9: to fifty digits, and by the protocol's integer series."""

from decimal import Decimal, localcontext
from fractions import Fraction

from tests.model.numbers import toward_zero

SCALE = 10**9
LN_TWO = 693_147_181
LAST_TERM = 15


def ln_exact(price: int, before: int) -> Decimal:
    """ln(price / before), correct to more than forty digits."""
    with localcontext() as context:
        context.prec = 50
        return (Decimal(price) / Decimal(before)).ln()


def ln_ratio(price: int, before: int) -> int:
    """ln(price / before) * 1e9 by the protocol's series: halvings, then 2 * atanh((p - q) / (p + q)).

    Every product is cut toward zero, as the programs cut it. The error stays below 1e-8 for steps up to a quarter and
    below 2e-8 up to a doubling.
    """
    halvings = 0
    p, q = price, before
    while p > 2 * q:
        q, halvings = 2 * q, halvings + 1
    while 2 * p < q:
        p, halvings = 2 * p, halvings - 1
    y = toward_zero(Fraction((p - q) * SCALE, p + q))
    square = toward_zero(Fraction(y * y, SCALE))
    power, total = y, y
    for k in range(3, LAST_TERM + 1, 2):
        power = toward_zero(Fraction(power * square, SCALE))
        total += toward_zero(Fraction(power, k))
    return 2 * total + halvings * LN_TWO
