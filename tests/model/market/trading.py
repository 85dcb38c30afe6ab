"""Opening, adding margin and closing."""

from dataclasses import dataclass, replace

from tests.model import parameters as P
from tests.model.market.accrual import accrue
from tests.model.market.equity import equity_at, maintenance_at
from tests.model.market.fills import closing_price, fill_price, leverage_of, worth, worth_up
from tests.model.market.profit import add_profit, unvested_value
from tests.model.market.state import Market, Position, Trader
from tests.model.numbers import bps, up
from tests.model.refusals import require


@dataclass(frozen=True)
class Opened:
    """What the trader paid: margin to the vault, fee to the fee vault."""

    margin: int
    fee: int


@dataclass(frozen=True)
class Closed:
    """What a close paid; `shortfall` is equity that the market could not pay."""

    price: int
    equity: int
    shortfall: int
    fee: int
    principal: int
    profit: int


def ledger(market: Market) -> int:
    """What the market's vault must hold at least."""
    return market.margins + market.house + market.fund + market.claimable + unvested_value(market)


def add_interest(market: Market, position: Position, sign: int) -> Market:
    """Adds (sign 1) or removes (-1) a position's size and weights."""
    long = position.size if position.is_long else 0
    return replace(
        market,
        oi_long=market.oi_long + sign * long,
        oi_short=market.oi_short + sign * (position.size - long),
        entry_notional=market.entry_notional + sign * position.notional,
        entry_notional_leverage=market.entry_notional_leverage + sign * position.notional * position.leverage,
        open_positions=market.open_positions + sign,
    )


def open_position(
    market: Market, is_long: bool, size: int, margin: int, now: int, limit: int | None = None
) -> tuple[Market, Position, Opened]:
    """A new position at the oracle price and its slip; raises Refused beyond a cap."""
    market = accrue(market, now)
    require(market.reasons == 0, "E_RESTRICTED")
    require(not market.provisional, "E_PROVISIONAL")
    require(margin >= P.MIN_MARGIN, "E_MIN_MARGIN")
    require(size > 0, "E_AMOUNT")
    fill = fill_price(market, market.price, size, is_long)
    notional = worth_up(size, fill)
    require(notional <= market.depth, "E_DEPTH")
    require(limit is None or (fill <= limit if is_long else fill >= limit), "E_SLIPPAGE")
    leverage = leverage_of(notional, margin)
    require(leverage <= market.leverage_cap, "E_LEVERAGE")
    require(margin * P.BPS >= notional * market.maintenance_bps, "E_LEVERAGE")
    position = Position(is_long, size, fill, notional, margin, margin, leverage, market.cum_funding)
    healthy = equity_at(position, market.price, market.cum_funding) >= maintenance_at(market, position, market.price)
    require(healthy, "E_LEVERAGE")
    after = add_interest(market, position, 1)
    require(worth(max(after.oi_long, after.oi_short), market.price) <= market.oi_cap, "E_OI_CAP")
    fee = up(bps(notional, market.trading_fee_bps))
    after = replace(after, margins=market.margins + margin, fees_due=market.fees_due + fee)
    return after, position, Opened(margin, fee)


def add_margin(market: Market, position: Position, amount: int, now: int) -> tuple[Market, Position]:
    """More margin; the leverage falls with it."""
    require(amount > 0, "E_AMOUNT")
    market = accrue(market, now)
    margin = position.margin + amount
    changed = replace(
        position,
        margin=margin,
        initial_margin=position.initial_margin + amount,
        leverage=leverage_of(position.notional, margin),
    )
    market = add_interest(add_interest(market, position, -1), changed, 1)
    return replace(market, margins=market.margins + amount), changed


def close_position(
    market: Market, trader: Trader, position: Position, now: int, limit: int | None = None
) -> tuple[Market, Trader, Closed]:
    """Closes at the oracle price and its slip: margin is paid, profit vests."""
    market = accrue(market, now)
    price = fill_price(market, closing_price(market, position.is_long), position.size, not position.is_long)
    require(limit is None or (price >= limit if position.is_long else price <= limit), "E_SLIPPAGE")
    equity = equity_at(position, price, market.cum_funding)
    require(equity >= 0, "E_UNDERWATER")
    payable = min(equity, position.margin + market.house)
    fee = min(up(bps(worth(position.size, price), market.trading_fee_bps)), payable)
    principal = min(payable - fee, position.margin)
    profit = payable - fee - principal
    market = add_interest(market, position, -1)
    market = replace(
        market,
        margins=market.margins - position.margin,
        house=market.house + position.margin - payable,
        fees_due=market.fees_due + fee,
    )
    market, trader = add_profit(market, trader, profit, market.epoch)
    return market, trader, Closed(price, equity, equity - payable, fee, principal, profit)
