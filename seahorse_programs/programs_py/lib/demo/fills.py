# Prices and fees of a fill against the market's stated depth.
from seahorse.prelude import *
from lib.fixed import mul_div_up, sub_floor
from lib.demo.accounts import PerpMarket
from lib.generated.params import DEPTH_SLIP_BPS

BPS = 10_000
PRICE_ONE = 1_000_000
# Values stop growing here (1e12 USD), so that no price can make a liquidation overflow.
WORTH_MAX = 1_000_000_000_000_000_000
LEVERAGE_MAX = 1_000_000


# Value of a base size at a price, rounded down.
def worth(size: u64, price: u64) -> u64:
    value = u128(size) * u128(price) // PRICE_ONE
    return u64(min(value, WORTH_MAX))


# Value of a base size at a price, rounded up.
def worth_up(size: u64, price: u64) -> u64:
    value = (u128(size) * u128(price) + PRICE_ONE - 1) // PRICE_ONE
    return u64(min(value, WORTH_MAX))


# Price of a buy or a sell: the oracle price moved against the trader in proportion to the size's share of the depth.
def fill_price(market: PerpMarket, price: u64, size: u64, is_buy: bool) -> u64:
    moved = u128(price) * u128(worth(size, price)) * DEPTH_SLIP_BPS
    scale = u128(market.depth) * BPS
    slip = u64(min((moved + scale - 1) // scale, WORTH_MAX))
    if is_buy:
        return price + slip
    return max(sub_floor(price, slip), 1)


# A buyer's limit is the highest, a seller's the lowest price they accept.
def within_limit(fill: u64, limit: u64, is_buy: bool) -> bool:
    if is_buy:
        return fill <= limit
    return fill >= limit


def trading_fee(market: PerpMarket, notional: u64) -> u64:
    return mul_div_up(notional, market.trading_fee_bps, BPS)


# Notional per margin, 1x = 10 000, rounded up, at most 100x.
def leverage_of(notional: u64, margin: u64) -> u64:
    ratio = (u128(notional) * BPS + u128(margin) - 1) // u128(margin)
    return u64(min(ratio, LEVERAGE_MAX))
