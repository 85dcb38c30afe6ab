"""Liquidation: the position's end, the keeper's pay and the deficit that remains."""

from dataclasses import dataclass, replace
from fractions import Fraction

from tests.model import parameters as P
from tests.model.market.accrual import accrue
from tests.model.market.equity import equity_at, is_extreme, maintenance_at
from tests.model.market.fills import liquidation_price, worth
from tests.model.market.profit import add_profit, socialise
from tests.model.market.state import Market, Position, Trader
from tests.model.market.trading import add_interest
from tests.model.numbers import bps, down
from tests.model.refusals import require


@dataclass(frozen=True)
class Liquidated:
    """What a liquidation did; `covered` is the part of the deficit that goes to the insurance."""

    price: int
    equity: int
    keeper: int
    to_trader: int
    vesting: int
    to_fund: int
    deficit: int
    from_fund: int
    covered: int
    socialised: int


def keeper_minimum(value: int) -> int:
    """What the keeper gets in any case: 10 basis points of the value, at most 5 USDC, rounded down."""
    return min(down(bps(value, P.KEEPER_MIN_BPS)), P.KEEPER_MIN_MAX)


def is_breached(market: Market, position: Position) -> bool:
    """Whether the position can be liquidated; the market accrued to now."""
    price = liquidation_price(market, position.is_long)
    return equity_at(position, price, market.cum_funding) < maintenance_at(market, position, price)


def liquidate(
    market: Market, trader: Trader, position: Position, now: int, forced: bool = False
) -> tuple[Market, Trader, Liquidated]:
    """Ends a position in breach; `forced` demands an extreme breach, as the pool's own resolution does."""
    market = accrue(market, now)
    price = liquidation_price(market, position.is_long)
    equity = equity_at(position, price, market.cum_funding)
    require(not forced or is_extreme(position, equity, price), "E_NOT_EXTREME")
    require(equity < maintenance_at(market, position, price), "E_HEALTHY")
    value = worth(position.size, price)
    market = add_interest(market, position, -1)
    market = replace(market, margins=market.margins - position.margin)
    minimum = keeper_minimum(value)
    if equity >= minimum:
        return _solvent(market, trader, position, price, equity, value)
    market, done = _insolvent(market, position, price, equity, minimum)
    return market, trader, done


def _solvent(
    market: Market, trader: Trader, position: Position, price: int, equity: int, value: int
) -> tuple[Market, Trader, Liquidated]:
    payable = min(equity, position.margin + market.house)
    minimum = keeper_minimum(value)
    rest = payable - minimum
    fee = min(rest, down(bps(value, market.liquidation_fee_bps)))
    half = down(Fraction(fee, 2))
    own = min(rest - fee, position.margin)
    market = replace(
        market,
        house=market.house + position.margin - payable,
        fund=market.fund + fee - half,
        claimable=market.claimable + own,
    )
    trader = replace(trader, claimable=trader.claimable + own)
    market, trader = add_profit(market, trader, rest - fee - own, market.epoch)
    done = Liquidated(price, equity, minimum + half, own, rest - fee - own, fee - half, 0, 0, 0, 0)
    return market, trader, done


def _insolvent(market: Market, position: Position, price: int, equity: int, minimum: int) -> tuple[Market, Liquidated]:
    deficit = minimum - equity
    from_fund = min(market.fund, deficit)
    rest = deficit - from_fund
    covered = min(rest, position.initial_margin)
    market = replace(market, house=market.house + position.margin - minimum + from_fund, fund=market.fund - from_fund)
    if rest > 0:
        market = replace(
            market,
            deficit_counter=market.deficit_counter + covered,
            margin_counter=market.margin_counter + position.margin,
            fund_counter=market.fund_counter + from_fund,
        )
    market, taken = socialise(market, rest - covered, rest - covered)
    return market, Liquidated(price, equity, minimum, 0, 0, 0, deficit, from_fund, covered, taken)


def cover_deficit(market: Market, net: int, uncovered: int, profit: int) -> tuple[Market, int]:
    """After a claim: the house gets the payout, unvested profit at most what the receipt says."""
    return socialise(replace(market, house=market.house + net), uncovered, profit)
