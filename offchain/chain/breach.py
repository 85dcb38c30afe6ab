"""A keeper's arithmetic: would this position be liquidated now, and with which deficit?

A keeper needs it to know whether a claim transaction is worth sending. The programs decide; a wrong estimate here only
costs a transaction that the simulation refuses.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

PRICE_ONE = 1_000_000
FUNDING_ONE = 1_000_000_000
BPS = 10_000


class Market(Protocol):
    """What is read of a PerpMarket account."""

    price: int
    lag_price: int
    cum_funding: int
    maintenance_bps: int
    fund: int


class Position(Protocol):
    """What is read of a PerpPosition account."""

    is_long: bool
    size: int
    notional: int
    margin: int
    initial_margin: int
    entry_funding: int


@dataclass(frozen=True)
class Breach:
    """A position below its maintenance margin; amounts in atoms."""

    price: int
    """The price it would be closed at."""
    equity: int
    keeper_minimum: int

    @property
    def deficit(self) -> int:
        """What is missing after the margin, with the keeper's minimum."""
        return max(0, self.keeper_minimum - self.equity)


def find_breach(market: Market, position: Position, minimum_bps: int, minimum_max: int) -> Breach | None:
    """The breach of an open position at the market's last synced prices, None while it is healthy."""
    price = liquidation_price(market, position.is_long)
    equity = equity_at(market, position, price)
    if equity >= maintenance_at(market, position, price):
        return None
    return Breach(price, equity, min(worth_at(position, price) * minimum_bps // BPS, minimum_max))


def in_danger(market: Market, positions: Iterable[Position], price: int) -> bool:
    """Whether any position could be liquidated once the market is synced to `price`, were there no lagged price.

    The lagged price only ever helps the position, so that nothing is overlooked.
    """
    return any(equity_at(market, position, price) < maintenance_at(market, position, price) for position in positions)


def counted_deficit(market: Market, position: Position, breach: Breach) -> int:
    """What the market's deficit counter rises by: the rest after its own fund, at most the initial margin."""
    rest = breach.deficit - min(market.fund, breach.deficit)
    return min(rest, position.initial_margin)


def worth_at(position: Position, price: int) -> int:
    """Value of the position in atoms, rounded down."""
    return position.size * price // PRICE_ONE


def equity_at(market: Market, position: Position, price: int) -> int:
    """Margin, profit or loss at a price, less the funding owed."""
    return position.margin + _profit(position, price) - _funding(market, position)


def maintenance_at(market: Market, position: Position, price: int) -> int:
    """The equity a position needs, rounded up."""
    return _up(worth_at(position, price) * market.maintenance_bps, BPS)


def liquidation_price(market: Market, is_long: bool) -> int:
    """Of the newest and the lagged price the better one for the position."""
    if market.lag_price == 0:
        return market.price
    return max(market.price, market.lag_price) if is_long else min(market.price, market.lag_price)


def _profit(position: Position, price: int) -> int:
    if position.is_long:
        return worth_at(position, price) - position.notional
    return position.notional - _up(position.size * price, PRICE_ONE)


def _funding(market: Market, position: Position) -> int:
    owed = position.notional * (market.cum_funding - position.entry_funding)
    return _up(owed if position.is_long else -owed, FUNDING_ONE)


def _up(number: int, divisor: int) -> int:
    return -(-number // divisor)
