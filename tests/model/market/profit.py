"""Realised profit vests over a day and is the last tier of a deficit, pro rata by an index."""

from dataclasses import replace
from fractions import Fraction

from tests.model import parameters as P
from tests.model.market.state import INDEX_ONE, Market, Trader
from tests.model.numbers import down, up


def unvested_value(market: Market) -> int:
    """Value of all unvested units, rounded down."""
    return down(Fraction(market.unvested_units * market.profit_index, INDEX_ONE))


def vest(market: Market, trader: Trader, epoch: int) -> tuple[Market, Trader]:
    """Moves what has vested by an epoch into the trader's claimable amount; units of an ended generation are void."""
    if trader.generation != market.profit_generation:
        trader = replace(trader, units=0, generation=market.profit_generation)
    units = trader.units
    if epoch < trader.vest_end:
        units = down(Fraction(trader.units * (epoch - trader.vest_epoch), trader.vest_end - trader.vest_epoch))
    value = down(Fraction(units * market.profit_index, INDEX_ONE))
    market = replace(market, unvested_units=market.unvested_units - units, claimable=market.claimable + value)
    trader = replace(trader, units=trader.units - units, vest_epoch=epoch, claimable=trader.claimable + value)
    return market, trader


def add_profit(market: Market, trader: Trader, amount: int, epoch: int) -> tuple[Market, Trader]:
    """Adds a profit; the end of vesting becomes the unit-weighted mean, rounded up."""
    market, trader = vest(market, trader, epoch)
    units = down(Fraction(amount * INDEX_ONE, market.profit_index))
    if units == 0:
        return market, trader
    total = trader.units + units
    end = up(Fraction(trader.units * trader.vest_end + units * (epoch + P.VEST_EPOCHS), total))
    market = replace(market, unvested_units=market.unvested_units + units)
    return market, replace(trader, units=total, vest_end=end)


def socialise(market: Market, loss: int, limit: int) -> tuple[Market, int]:
    """Takes a loss from unvested profit, at most `limit`; what is missing is bad debt. Returns what was taken."""
    value = unvested_value(market)
    taken = min(loss, limit, value)
    market = replace(market, bad_debt=market.bad_debt + loss - taken)
    if taken == 0:
        return market, 0
    index = down(market.profit_index * Fraction(value - taken, value))
    market = replace(market, house=market.house + taken, profit_index=index)
    if index * P.WIPE_RATIO < INDEX_ONE:
        market = replace(
            market,
            house=market.house + unvested_value(market),
            unvested_units=0,
            profit_index=INDEX_ONE,
            profit_generation=market.profit_generation + 1,
        )
    return market, taken


def withdraw(market: Market, trader: Trader, epoch: int) -> tuple[Market, Trader, int]:
    """Pays everything that has vested."""
    market, trader = vest(market, trader, epoch)
    paid = trader.claimable
    return replace(market, claimable=market.claimable - paid), replace(trader, claimable=0), paid
