# Opening a position and adding margin to one.
from seahorse.prelude import *
from lib.demo.accounts import PerpMarket, PerpPosition, OPEN
from lib.demo.fills import fill_price, leverage_of, trading_fee, within_limit, worth, worth_up
from lib.demo.margin import equity_at, maintenance_at
from lib.demo.settlement import add_interest, add_weight, remove_weight
from lib.generated.params import MIN_MARGIN


def require_open_allowed(market: PerpMarket, size: u64, margin: u64):
    assert market.reasons == 0, 'E_RESTRICTED: the market only takes orders that reduce a position'
    assert not market.provisional, 'E_PROVISIONAL: wait until a second price confirms the step'
    assert size > 0, 'E_AMOUNT: the size must be above 0'
    assert margin >= MIN_MARGIN, 'E_MIN_MARGIN: put in at least the minimum margin'


# Fill the order, at the market's price plus impact; the blank position becomes an open one.
def fill_order(market: PerpMarket, position: PerpPosition, is_long: bool, size: u64, margin: u64):
    position.is_long = is_long
    position.size = size
    position.entry_price = fill_price(market, market.price, size, is_long)
    position.notional = worth_up(size, position.entry_price)
    position.margin = margin
    position.initial_margin = margin
    position.leverage = leverage_of(position.notional, margin)
    position.entry_funding = market.cum_funding
    position.state = OPEN


# Bounds of the filled order, then its booking. Returns the trading fee.
def accept_order(market: PerpMarket, position: PerpPosition, limit_price: u64) -> u64:
    assert position.notional <= market.depth, 'E_DEPTH: trade less than the depth of the market'
    assert within_limit(position.entry_price, limit_price, position.is_long), 'E_SLIPPAGE: the fill is beyond the limit price'
    equity = equity_at(position, market.price, market.cum_funding)
    healthy = equity >= maintenance_at(market, position.size, market.price)
    assert position.leverage <= market.leverage_cap and healthy, 'E_LEVERAGE: put in more margin or trade less'
    add_interest(market, position)
    heavier = max(market.oi_long, market.oi_short)
    assert worth(heavier, market.price) <= market.oi_cap, 'E_OI_CAP: the pool covers no more open interest'
    fee = trading_fee(market, position.notional)
    market.fees_due += fee
    return fee


def raise_margin(market: PerpMarket, position: PerpPosition, amount: u64):
    remove_weight(market, position)
    position.margin += amount
    position.initial_margin += amount
    position.leverage = leverage_of(position.notional, position.margin)
    add_weight(market, position)
    market.margins += amount
