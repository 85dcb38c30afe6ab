# A trader closes an own position.
from seahorse.prelude import *
from lib.demo.accounts import PerpMarket, PerpPosition, TraderAccount, CLOSED
from lib.demo.fills import fill_price, trading_fee, within_limit, worth
from lib.demo.margin import closing_price, equity_at
from lib.demo.profit import add_profit
from lib.demo.settlement import remove_interest, settle_with_house


# What a close pays: fee to the fee vault, principal at once, profit vesting; shortfall is profit the house can't pay.
class Close:
    price: u64
    fee: u64
    principal: u64
    profit: u64
    shortfall: u64

    def __init__(self, price: u64, fee: u64, principal: u64, profit: u64, shortfall: u64):
        self.price = price
        self.fee = fee
        self.principal = principal
        self.profit = profit
        self.shortfall = shortfall


def close(market: PerpMarket, position: PerpPosition, trader: TraderAccount, limit_price: u64) -> Close:
    is_buy = not position.is_long
    price = fill_price(market, closing_price(market, position.is_long), position.size, is_buy)
    assert within_limit(price, limit_price, is_buy), 'E_SLIPPAGE: the fill is beyond the limit price'
    equity = equity_at(position, price, market.cum_funding)
    assert equity >= 0, 'E_UNDERWATER: the loss exceeds the margin; the position can only be liquidated'
    remove_interest(market, position)
    position.state = CLOSED
    funded = settle_with_house(market, position.margin, u64(equity))
    fee = min(trading_fee(market, worth(position.size, price)), funded)
    principal = min(funded - fee, position.margin)
    profit = funded - fee - principal
    market.fees_due += fee
    epoch = market.acc_epoch
    add_profit(market, trader, profit, epoch)
    return Close(price, fee, principal, profit, u64(equity) - funded)
