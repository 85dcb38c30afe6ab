"""What a position is worth at a price."""

from fractions import Fraction

from tests.model import parameters as P
from tests.model.market.fills import worth, worth_up
from tests.model.market.state import Market, Position
from tests.model.numbers import bps, down, up

FUNDING_ONE = 10**9


def exit_value(position: Position, price: int) -> int:
    """Value of the size when it leaves: a long's rounded down, a short's up."""
    return worth(position.size, price) if position.is_long else worth_up(position.size, price)


def profit_at(position: Position, price: int) -> int:
    """Gain (or loss, negative) against the entry."""
    gain = exit_value(position, price) - position.notional
    return gain if position.is_long else -gain


def funding_owed(position: Position, cum_funding: int) -> int:
    """What the position owes since its entry; negative: it receives. Rounded up either way, toward the house."""
    change = cum_funding - position.entry_funding
    return up(Fraction(position.notional * (change if position.is_long else -change), FUNDING_ONE))


def equity_at(position: Position, price: int, cum_funding: int) -> int:
    """Margin, profit and funding."""
    return position.margin + profit_at(position, price) - funding_owed(position, cum_funding)


def maintenance_at(market: Market, position: Position, price: int) -> int:
    """The equity below which the position is liquidated, rounded up."""
    return up(bps(worth(position.size, price), market.maintenance_bps))


def is_extreme(position: Position, equity: int, price: int) -> bool:
    """Whether equity lies more than 5 % of the value below zero."""
    return equity < -down(bps(worth(position.size, price), P.EXTREME_BPS))
