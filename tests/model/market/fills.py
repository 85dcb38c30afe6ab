"""Prices and values of a fill."""

from fractions import Fraction

from tests.model import parameters as P
from tests.model.market.state import Market
from tests.model.numbers import down, up

PRICE_ONE = 10**6
VALUE_MAX = 10**18
"""Values grow no further, so that no price stops a liquidation."""


def worth(size: int, price: int) -> int:
    """Value of a base size, rounded down."""
    return min(VALUE_MAX, down(Fraction(size * price, PRICE_ONE)))


def worth_up(size: int, price: int) -> int:
    """Value of a base size, rounded up."""
    return min(VALUE_MAX, up(Fraction(size * price, PRICE_ONE)))


def fill_price(market: Market, price: int, size: int, buys: bool) -> int:
    """The oracle price moved against the trader: 2 % for a fill of the whole depth, rounded up."""
    share = Fraction(worth(size, price), market.depth)
    slip = up(price * share * Fraction(P.DEPTH_SLIP_BPS, P.BPS))
    return price + slip if buys else max(1, price - slip)


def closing_price(market: Market, is_long: bool) -> int:
    """The newest price; while it is provisional the worse of it and the lagging one for the position."""
    if not market.provisional or market.lag_price == 0:
        return market.price
    return min(market.price, market.lag_price) if is_long else max(market.price, market.lag_price)


def liquidation_price(market: Market, is_long: bool) -> int:
    """The better of the newest and the lagging price for the position."""
    if market.lag_price == 0:
        return market.price
    return max(market.price, market.lag_price) if is_long else min(market.price, market.lag_price)


def leverage_of(notional: int, margin: int) -> int:
    """Notional over margin, 1x = 10 000, rounded up, at most 100x."""
    return min(P.MAX_LEVERAGE_CAP, up(Fraction(notional * P.BPS, margin)))
