# Booking of positions: open interest, margins and the house, which takes the other side of every trade.
from seahorse.prelude import *
from lib.demo.accounts import PerpMarket, PerpPosition


def add_interest(market: PerpMarket, position: PerpPosition):
    if position.is_long:
        market.oi_long += position.size
    else:
        market.oi_short += position.size
    add_weight(market, position)
    market.margins += position.margin
    market.open_positions += 1


def remove_interest(market: PerpMarket, position: PerpPosition):
    if position.is_long:
        market.oi_long -= position.size
    else:
        market.oi_short -= position.size
    remove_weight(market, position)
    market.margins -= position.margin
    market.open_positions -= 1


# The position's part in the market's notional-weighted mean leverage.
def add_weight(market: PerpMarket, position: PerpPosition):
    market.entry_notional += position.notional
    market.entry_notional_leverage += u128(position.notional) * u128(position.leverage)


def remove_weight(market: PerpMarket, position: PerpPosition):
    market.entry_notional -= position.notional
    market.entry_notional_leverage -= u128(position.notional) * u128(position.leverage)


# Settle an equity of at least 0 against the house, which can't pay more than it has. Returns what may leave the ledger.
def settle_with_house(market: PerpMarket, margin: u64, equity: u64) -> u64:
    funded = min(equity, margin + market.house)
    market.house = market.house + margin - funded
    return funded
