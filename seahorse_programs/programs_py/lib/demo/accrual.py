# Time integrals of open interest and leverage: the statistics of an epoch are means over it, so that an order
# that lives for a moment weighs a moment. Called before each change of open interest, leverage or price.
# Arguments read from an account are copied first: the account stays borrowed while a call's arguments live.
from seahorse.prelude import *
from lib.demo.accounts import PerpMarket
from lib.demo.fills import worth
from lib.demo.funding import funding_at


def add_time(market: PerpMarket, seconds: u64):
    weight = u128(seconds)
    market.acc_long += u128(worth(market.oi_long, market.price)) * weight
    market.acc_short += u128(worth(market.oi_short, market.price)) * weight
    market.acc_notional += u128(market.entry_notional) * weight
    market.acc_notional_leverage += market.entry_notional_leverage * weight


def clear_integrals(market: PerpMarket):
    market.acc_long = 0
    market.acc_short = 0
    market.acc_notional = 0
    market.acc_notional_leverage = 0


def set_means(market: PerpMarket, epoch: u64):
    seconds = u128(market.epoch_seconds)
    market.mean_epoch = epoch
    market.mean_long = u64(market.acc_long // seconds)
    market.mean_short = u64(market.acc_short // seconds)
    market.mean_leverage = 0
    if market.acc_notional > 0:
        market.mean_leverage = u64(market.acc_notional_leverage // market.acc_notional)


# Close the books of every epoch that ended before `epoch`; those in between were constant throughout.
def roll_epochs(market: PerpMarket, epoch: u64):
    first_end = market.genesis + i64((market.acc_epoch + 1) * market.epoch_seconds)
    rest_of_first = u64(first_end - market.acc_time)
    add_time(market, rest_of_first)
    if epoch > market.acc_epoch + 1:
        clear_integrals(market)
        whole = market.epoch_seconds
        add_time(market, whole)
    set_means(market, epoch - 1)
    clear_integrals(market)
    market.cum_funding = funding_at(market, epoch)
    market.acc_epoch = epoch
    market.acc_time = market.genesis + i64(epoch * market.epoch_seconds)


# Bring integrals, means and funding to `now`; before the first sync there is nothing to measure.
def accrue(market: PerpMarket, now: i64):
    if now <= market.acc_time or not market.synced:
        return
    epoch = market.epoch_at(now)
    if epoch > market.acc_epoch:
        roll_epochs(market, epoch)
    seconds = u64(now - market.acc_time)
    add_time(market, seconds)
    market.acc_time = now


# The first sync: the calendar starts in the epoch of `now`; before it the market was empty.
def start_accrual(market: PerpMarket, now: i64):
    market.acc_time = now
    market.acc_epoch = market.epoch_at(now)
    if market.acc_epoch > 0:
        market.mean_epoch = market.acc_epoch - 1
