"""The end of a position: closed by its owner or liquidated."""

from dataclasses import dataclass

from offchain.settings.parameters import Parameters
from offchain.verify.replay.arithmetic import BPS, down, up
from offchain.verify.replay.market.interest import take_out
from offchain.verify.replay.market.profit import add, socialise
from offchain.verify.replay.market.state import Market, Position, Trader
from offchain.verify.replay.market.value import better_price, closing_price, equity, fill, worth


@dataclass(frozen=True, slots=True)
class Closed:
    """What a close pays out of the vault."""

    fee: int
    principal: int


@dataclass(frozen=True, slots=True)
class Deficit:
    """What a liquidation left: `covered` of it goes to the insurance."""

    deficit: int
    margin: int
    from_fund: int
    covered: int


def _funded(market: Market, position: Position, worth_of_it: int) -> int:
    """What margin and house can pay of an equity."""
    paid = min(worth_of_it, position.margin + market.house)
    market.house += position.margin - paid
    return paid


def close(market: Market, trader: Trader, position: Position, parameters: Parameters) -> Closed:
    """At the market's price; the profit vests."""
    price = fill(market, closing_price(market, position), position.size, not position.is_long, parameters)
    value = equity(market, position, price)
    if value < 0:
        raise ValueError(f"the position is closed with an equity of {value}")
    take_out(market, position)
    funded = _funded(market, position, value)
    fee = min(up(worth(position.size, price), market.trading_fee_bps, BPS), funded)
    principal = min(funded - fee, position.margin)
    market.fees_due += fee
    add(market, trader, funded - fee - principal, parameters)
    return Closed(fee, principal)


def liquidate(market: Market, trader: Trader, position: Position, parameters: Parameters) -> tuple[int, Deficit | None]:
    """At the better price for the position. Returns the keeper's pay and the deficit, if any."""
    price = better_price(market, position)
    value = worth(position.size, price)
    left = equity(market, position, price)
    if left >= up(value, market.maintenance_bps, BPS):
        raise ValueError(f"a position with an equity of {left} is liquidated")
    keeper = min(down(value, parameters.keeper_min_bps, BPS), parameters.keeper_min_max)
    take_out(market, position)
    if left >= keeper:
        return _solvent(market, trader, position, left, keeper, value, parameters), None
    return keeper, _insolvent(market, position, keeper - left, keeper, parameters)


def _solvent(
    market: Market, trader: Trader, position: Position, left: int, keeper: int, value: int, parameters: Parameters
) -> int:
    rest = _funded(market, position, left) - keeper
    fee = min(rest, down(value, market.liquidation_fee_bps, BPS))
    own = min(rest - fee, position.margin)
    market.fund += fee - fee // 2
    market.claimable += own
    trader.claimable += own
    add(market, trader, rest - fee - own, parameters)
    return keeper + fee // 2


def _insolvent(market: Market, position: Position, deficit: int, keeper: int, parameters: Parameters) -> Deficit:
    from_fund = min(market.fund, deficit)
    rest = deficit - from_fund
    covered = min(rest, position.margin)
    market.house += position.margin + from_fund - keeper
    market.fund -= from_fund
    if rest:
        market.deficit_counter += covered
        market.margin_counter += position.margin
        market.fund_counter += from_fund
    socialise(market, rest - covered, rest - covered, parameters)
    return Deficit(deficit, position.margin, from_fund, covered)
