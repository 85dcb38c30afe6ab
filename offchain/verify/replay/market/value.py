"""Prices of fills and the equity of a position."""

from offchain.settings.parameters import Parameters
from offchain.verify.replay.arithmetic import BPS, up
from offchain.verify.replay.market.state import Market, Position

PRICE_ONE = 10**6
FUNDING_ONE = 10**9
VALUE_MAX = 10**18


def worth(size: int, price: int) -> int:
    """Value of a size in atoms, rounded down."""
    return min(VALUE_MAX, size * price // PRICE_ONE)


def worth_up(size: int, price: int) -> int:
    """Value of a size in atoms, rounded up."""
    return min(VALUE_MAX, up(size, price, PRICE_ONE))


def fill(market: Market, price: int, size: int, buys: bool, parameters: Parameters) -> int:
    """The price moved against the taker in proportion to the size's share of the depth."""
    slip = up(price * worth(size, price), parameters.depth_slip_bps, market.depth * BPS)
    return price + slip if buys else max(1, price - slip)


def leverage(notional: int, margin: int, parameters: Parameters) -> int:
    """Notional per margin, 1x = 10 000, rounded up, at most 100x."""
    return min(parameters.max_leverage_cap, up(notional, BPS, margin))


def better_price(market: Market, position: Position) -> int:
    """Of newest and lagging price the better one for the position: the price of liquidations."""
    prices = [price for price in (market.price, market.lag_price) if price]
    return max(prices) if position.is_long else min(prices)


def closing_price(market: Market, position: Position) -> int:
    """The newest price, while provisional the worse one for the position."""
    if not market.provisional:
        return market.price
    prices = [price for price in (market.price, market.lag_price) if price]
    return min(prices) if position.is_long else max(prices)


def equity(market: Market, position: Position, price: int) -> int:
    """Margin plus profit less funding at a price."""
    if position.is_long:
        profit = worth(position.size, price) - position.notional
    else:
        profit = position.notional - worth_up(position.size, price)
    change = (market.cum_funding - position.entry_funding) * position.side
    return position.margin + profit - up(position.notional, change, FUNDING_ONE)
