"""The worst price a trader accepts."""

from offchain.chain.pool_figures import BPS, up
from offchain.chain.units import format_price

ANY_BUY = (1 << 64) - 1
"""A limit that never binds a buyer."""
ANY_SALE = 0
"""A limit that never binds a seller."""


def bound_of(price: int | None, buys: bool, slippage_bps: int) -> int:
    """The price and so much more for a buyer, less for a seller; without a price, a limit that never binds."""
    if price is None:
        return ANY_BUY if buys else ANY_SALE
    if buys:
        return min(ANY_BUY, price * (BPS + slippage_bps) // BPS)
    return up(price * (BPS - slippage_bps), BPS)


def shown(limit: int) -> str:
    """The limit for people."""
    return "any" if limit in (ANY_SALE, ANY_BUY) else f"{format_price(limit)} USD"
