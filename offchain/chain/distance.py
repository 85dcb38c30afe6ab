"""How far a perp position is from its liquidation, in the programs' own integers."""

from dataclasses import dataclass

from offchain.chain.breach import BPS, PRICE_ONE, Market, Position, equity_at, maintenance_at

_LARGEST = 10**18
"""Beyond every price the programs take."""


@dataclass(slots=True)
class MarketAt:
    """A market as if newest and lagging price were both this one."""

    price: int
    cum_funding: int
    maintenance_bps: int
    fund: int
    lag_price: int = 0


def market_at(market: Market, price: int, fund: int | None = None) -> MarketAt:
    """`market` at another price, and with another insurance fund where one is given."""
    return MarketAt(price, market.cum_funding, market.maintenance_bps, market.fund if fund is None else fund)


def moved(price: int, bps: int) -> int:
    """A price after a move of so many basis points, at least 1; rounded down."""
    return max(1, price * (BPS + bps) // BPS)


def liquidation_threshold(market: Market, position: Position) -> int | None:
    """The first price at which the position is below its maintenance margin, 1e-6 USD.

    For a long the highest such price, for a short the lowest; None where no price does that.
    """
    healthy, broken = _bracket(market, position)
    if not _broken(market, position, broken):
        return None
    if _broken(market, position, healthy):
        return healthy
    while abs(healthy - broken) > 1:
        middle = (healthy + broken) // 2
        if _broken(market, position, middle):
            broken = middle
        else:
            healthy = middle
    return broken


def _bracket(market: Market, position: Position) -> tuple[int, int]:
    """A healthy and a broken price close to the threshold, the ends of the range of prices where there are none."""
    at_zero = equity_at(market, position, 0)
    sign = 1 if position.is_long else -1
    slope = position.size * (BPS - sign * market.maintenance_bps)
    estimate = max(0, -sign * at_zero) * BPS * PRICE_ONE // slope if slope > 0 else 0
    width = 4 + 4 * PRICE_ONE // max(1, position.size)
    healthy, broken = estimate + sign * width, max(0, estimate - sign * width)
    if healthy < 1 or _broken(market, position, healthy):
        healthy = _LARGEST if position.is_long else 1
    if not _broken(market, position, broken):
        broken = 0 if position.is_long else _LARGEST
    return healthy, broken


def distance_bps(price: int, threshold: int | None) -> int | None:
    """The move from `price` to a threshold, basis points toward zero; negative: a fall."""
    if threshold is None or price == 0:
        return None
    move = (threshold - price) * BPS
    return move // price if move >= 0 else -(-move // price)


def _broken(market: Market, position: Position, price: int) -> bool:
    return equity_at(market, position, price) < maintenance_at(market, position, price)
