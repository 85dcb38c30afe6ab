"""What an order costs: the trader's arithmetic before sending it."""

from dataclasses import dataclass
from typing import Protocol

from offchain.chain.units import BPS
from offchain.settings.parameters import Parameters

PRICE_ONE = 1_000_000


class Market(Protocol):
    """What is read of a PerpMarket account."""

    price: int
    provisional: bool
    reasons: int
    leverage_cap: int
    oi_cap: int
    oi_long: int
    oi_short: int
    depth: int
    trading_fee_bps: int


@dataclass(frozen=True)
class Order:
    """An order that the market should take."""

    price: int
    """The expected fill, which is also the limit, USD 1e-6."""
    margin: int
    """Atoms."""
    cost: int
    """Margin and trading fee in atoms."""


def plan_order(market: Market, is_long: bool, size: int, leverage: int, parameters: Parameters) -> Order | None:
    """The order for a position of `size` at the wanted leverage or the market's cap; None when it would be refused."""
    if market.reasons or market.provisional or not market.leverage_cap:
        return None
    worth = size * market.price // PRICE_ONE
    slip = _up(market.price * worth * parameters.depth_slip_bps, market.depth * BPS)
    price = market.price + slip if is_long else max(1, market.price - slip)
    notional = _up(size * price, PRICE_ONE)
    margin = max(parameters.min_margin, _up(notional * BPS, min(leverage, market.leverage_cap)))
    heavier = max(market.oi_long + size * is_long, market.oi_short + size * (not is_long))
    if notional > market.depth or heavier * market.price // PRICE_ONE > market.oi_cap:
        return None
    return Order(price, margin, margin + _up(notional * market.trading_fee_bps, BPS))


def _up(number: int, divisor: int) -> int:
    return -(-number // divisor)
