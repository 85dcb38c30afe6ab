"""Realised profit: it vests, and deficits beyond the insurance are taken from what has not."""

from offchain.settings.parameters import Parameters
from offchain.verify.replay.arithmetic import down, up
from offchain.verify.replay.market.state import INDEX_ONE, Market, Trader


def vest(market: Market, trader: Trader, epoch: int) -> None:
    """Move what has vested into the trader's claimable amount."""
    if trader.generation != market.profit_generation:
        trader.units, trader.generation = 0, market.profit_generation
    units = trader.units
    if epoch < trader.vest_end:
        units = down(trader.units, epoch - trader.vest_epoch, trader.vest_end - trader.vest_epoch)
    value = down(units, market.profit_index, INDEX_ONE)
    trader.units -= units
    trader.vest_epoch = epoch
    trader.claimable += value
    market.unvested_units -= units
    market.claimable += value


def add(market: Market, trader: Trader, amount: int, parameters: Parameters) -> None:
    """A new profit starts to vest."""
    vest(market, trader, market.epoch)
    units = down(amount, INDEX_ONE, market.profit_index)
    if units:
        total = trader.units + units
        end = market.epoch + parameters.vest_epochs
        trader.vest_end = up(trader.units * trader.vest_end + units * end, 1, total)
        trader.units = total
        market.unvested_units += units


def socialise(market: Market, loss: int, limit: int, parameters: Parameters) -> int:
    """Take a loss from profit that has not vested; returns what was taken."""
    value = market.unvested
    taken = min(loss, limit, value)
    market.bad_debt += loss - taken
    if taken:
        market.house += taken
        market.profit_index = down(market.profit_index, value - taken, value)
        if market.profit_index * parameters.wipe_ratio < INDEX_ONE:
            market.house += market.unvested
            market.unvested_units, market.profit_index = 0, INDEX_ONE
            market.profit_generation += 1
    return taken
