# Liquidation: margin first, then the market's own fund; the rest is counted for the insurance pool, at most the
# position's own initial margin, and what exceeds that is borne by unvested profit and the house.
from seahorse.prelude import *
from lib.fixed import mul_div
from lib.demo.accounts import PerpMarket, PerpPosition, TraderAccount, LIQUIDATED
from lib.demo.fills import worth
from lib.demo.profit import add_profit, socialise
from lib.demo.settlement import remove_interest, settle_with_house
from lib.generated.params import KEEPER_MIN_BPS, KEEPER_MIN_MAX

BPS = 10_000


# Who gets or bears what: `counted` joined the deficit counter, `excess` went past it.
class Outcome:
    price: u64
    equity: i64
    keeper: u64
    to_fund: u64
    to_trader: u64
    deficit: u64
    fund_paid: u64
    counted: u64
    excess: u64

    def __init__(self, price: u64, equity: i64, keeper: u64):
        self.price = price
        self.equity = equity
        self.keeper = keeper
        self.to_fund = 0
        self.to_trader = 0
        self.deficit = 0
        self.fund_paid = 0
        self.counted = 0
        self.excess = 0


# What the caller of a liquidation gets in any case.
def keeper_minimum(notional: u64) -> u64:
    return min(mul_div(notional, KEEPER_MIN_BPS, BPS), KEEPER_MIN_MAX)


# End the position at `price`, where its equity is `equity`.
def liquidate(market: PerpMarket, position: PerpPosition, trader: TraderAccount, price: u64, equity: i64) -> Outcome:
    notional = worth(position.size, price)
    outcome = Outcome(price, equity, keeper_minimum(notional))
    remove_interest(market, position)
    position.state = LIQUIDATED
    if equity >= i64(outcome.keeper):
        pay_solvent(market, position, trader, outcome, notional)
    else:
        count_deficit(market, position, outcome)
    return outcome


# The margin covers the keeper's minimum: a liquidation fee for keeper and fund, the rest is the trader's.
def pay_solvent(market: PerpMarket, position: PerpPosition, trader: TraderAccount, outcome: Outcome, notional: u64):
    funded = settle_with_house(market, position.margin, u64(outcome.equity))
    rest = funded - outcome.keeper
    fee = min(rest, mul_div(notional, market.liquidation_fee_bps, BPS))
    outcome.keeper += fee // 2
    outcome.to_fund = fee - fee // 2
    outcome.to_trader = rest - fee
    market.fund += outcome.to_fund
    # More than the margin (funding received against a rising price) is profit and vests like any other.
    principal = min(outcome.to_trader, position.margin)
    trader.claimable += principal
    market.claimable += principal
    epoch = market.acc_epoch
    add_profit(market, trader, outcome.to_trader - principal, epoch)


def count_deficit(market: PerpMarket, position: PerpPosition, outcome: Outcome):
    outcome.deficit = u64(i64(outcome.keeper) - outcome.equity)
    outcome.fund_paid = min(market.fund, outcome.deficit)
    rest = outcome.deficit - outcome.fund_paid
    outcome.counted = min(rest, position.initial_margin)
    outcome.excess = rest - outcome.counted
    market.house = market.house + position.margin + outcome.fund_paid - outcome.keeper
    market.fund -= outcome.fund_paid
    if rest > 0:
        market.deficit_counter += outcome.counted
        market.margin_counter += position.margin
        market.fund_counter += outcome.fund_paid
    socialise(market, outcome.excess, outcome.excess)
