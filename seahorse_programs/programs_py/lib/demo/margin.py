# Equity, the maintenance requirement, and which price a position is measured by.
from seahorse.prelude import *
from lib.fixed import mul_div, mul_div_up
from lib.demo.accounts import PerpMarket, PerpPosition
from lib.demo.fills import worth, worth_up
from lib.demo.funding import funding_owed
from lib.generated.params import EXTREME_BPS

BPS = 10_000


# Margin plus profit less funding if the position ended at `price`.
def equity_at(position: PerpPosition, price: u64, cum_funding: i64) -> i64:
    profit = i64(worth(position.size, price)) - i64(position.notional)
    if not position.is_long:
        profit = i64(position.notional) - i64(worth_up(position.size, price))
    return i64(position.margin) + profit - funding_owed(position, cum_funding)


# The equity below which a position is liquidated, rounded up.
def maintenance_at(market: PerpMarket, size: u64, price: u64) -> i64:
    return i64(mul_div_up(worth(size, price), market.maintenance_bps, BPS))


# The loss beyond the margin from which the pool's own authority may end a position.
def is_extreme(position: PerpPosition, equity: i64, price: u64) -> bool:
    return equity + i64(mul_div(worth(position.size, price), EXTREME_BPS, BPS)) < 0


# Of the newest and the lagged price the better one for the position (one wild tick liquidates nobody).
def better_price(market: PerpMarket, is_long: bool) -> u64:
    if market.lag_price == 0:
        return market.price
    if is_long:
        return max(market.price, market.lag_price)
    return min(market.price, market.lag_price)


# A position closes at the newest price; while that is provisional, at the worse one for it: a wild tick pays nobody.
def closing_price(market: PerpMarket, is_long: bool) -> u64:
    if not market.provisional:
        return market.price
    return better_price(market, not is_long)
