# Realised profit vests over VEST_EPOCHS and is the last tier of a deficit: an index scales every unvested unit at
# once, without a loop. Units of an index that fell below 1/WIPE_RATIO are void (their generation has ended).
from seahorse.prelude import *
from lib.fixed import mul_div, div_up
from lib.demo.accounts import PerpMarket, TraderAccount
from lib.generated.params import VEST_EPOCHS, WIPE_RATIO

INDEX_ONE = 1_000_000_000


# Value of all unvested profit, rounded down.
def unvested_value(market: PerpMarket) -> u64:
    return mul_div(market.unvested_units, market.profit_index, INDEX_ONE)


def vested_units(trader: TraderAccount, epoch: u64) -> u64:
    if epoch >= trader.vest_end:
        return trader.units
    return mul_div(trader.units, epoch - trader.vest_epoch, trader.vest_end - trader.vest_epoch)


# Move what has vested by `epoch` into the trader's claimable amount, rounded down.
def vest(market: PerpMarket, trader: TraderAccount, epoch: u64):
    if trader.generation != market.profit_generation:
        trader.units = 0
        trader.generation = market.profit_generation
    units = vested_units(trader, epoch)
    value = mul_div(units, market.profit_index, INDEX_ONE)
    trader.units -= units
    trader.vest_epoch = epoch
    trader.claimable += value
    market.unvested_units -= units
    market.claimable += value


# Add new profit: its vesting end is the unit-weighted mean, rounded up, of the old end and a full term from now.
def add_profit(market: PerpMarket, trader: TraderAccount, amount: u64, epoch: u64):
    vest(market, trader, epoch)
    units = mul_div(amount, INDEX_ONE, market.profit_index)
    if units == 0:
        return
    old = u128(trader.units)
    new = u128(units)
    trader.vest_end = u64(div_up(old * u128(trader.vest_end) + new * u128(epoch + VEST_EPOCHS), old + new))
    trader.units += units
    market.unvested_units += units


# Take a loss from unvested profit, pro rata; what is missing becomes bad debt of the house. Returns what was taken.
def socialise(market: PerpMarket, loss: u64, limit: u64) -> u64:
    value = unvested_value(market)
    taken = min(loss, min(limit, value))
    market.bad_debt += loss - taken
    if taken == 0:
        return 0
    market.house += taken
    market.profit_index = mul_div(market.profit_index, value - taken, value)
    if market.profit_index * WIPE_RATIO < INDEX_ONE:
        end_generation(market)
    return taken


# So little is left of the old units that new ones could not be counted: the rest joins the house.
def end_generation(market: PerpMarket):
    market.house += unvested_value(market)
    market.unvested_units = 0
    market.profit_index = INDEX_ONE
    market.profit_generation += 1
