"""Open positions of the perp market: health, distance to liquidation, and the deficit after a jump of the price."""

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count

from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.demo_market.accounts import PerpMarket, PerpPosition
from tests.model.market.equity import equity_at, funding_owed, maintenance_at
from tests.model.market.fills import PRICE_ONE, worth, worth_up
from tests.model.market.liquidation import is_breached, keeper_minimum
from tests.model.market.state import Market, Position
from tests.model.numbers import bps, down, toward_zero, up
from tests.support.raw.node import account, accounts

OPEN = 1
BPS = 10_000
_AHEAD = 8
"""Atoms by which the two roundings of a short's threshold can be off, and some."""


@dataclass(frozen=True)
class Perp:
    """A position and its market at one moment."""

    address: str
    market: Market
    position: Position

    @property
    def equity(self) -> int:
        """At the newest price."""
        return equity_at(self.position, self.market.price, self.market.cum_funding)

    @property
    def profit(self) -> int:
        """What stands beside the margin, funding included."""
        return self.equity - self.position.margin

    @property
    def health_bps(self) -> int | None:
        """Equity of what is needed, rounded down; None where nothing is needed."""
        needed = maintenance_at(self.market, self.position, self.market.price)
        return down(Fraction(self.equity * BPS, needed)) if needed else None

    @property
    def is_breached(self) -> bool:
        """Whether it can be liquidated at the market's prices."""
        return is_breached(self.market, self.position)

    @property
    def distance_bps(self) -> int | None:
        """The move of the price to the first one that liquidates, toward zero; None where none does."""
        threshold = self.threshold
        if threshold is None:
            return None
        return toward_zero(Fraction((threshold - self.market.price) * BPS, self.market.price))

    @property
    def threshold(self) -> int | None:
        """The first price at which the equity is below the maintenance margin."""
        return self._long_threshold() if self.position.is_long else self._short_threshold()

    def deficit_after(self, move_bps: int) -> int:
        """What a liquidation would leave unpaid right after the newest and the lagging price moved by so much."""
        price = max(1, down(self.market.price * Fraction(BPS + move_bps, BPS)))
        there = replace(self.market, price=price, lag_price=0)
        if not is_breached(there, self.position):
            return 0
        least = keeper_minimum(worth(self.position.size, price))
        return max(0, least - equity_at(self.position, price, there.cum_funding))

    def _long_threshold(self) -> int | None:
        """In breach while floor(worth * (1 - maintenance)) < notional + funding - margin."""
        owed = self.position.notional + self._funding - self.position.margin
        if owed <= 0:
            return None
        largest = up(Fraction(owed * BPS, BPS - self.market.maintenance_bps)) - 1
        return ((largest + 1) * PRICE_ONE - 1) // self.position.size

    def _short_threshold(self) -> int:
        """In breach once the size, bought back, with its maintenance costs more than there is."""
        there_is = self.position.margin + self.position.notional - self._funding
        parts = self.position.size * (BPS + self.market.maintenance_bps)
        begin = max(1, (there_is - _AHEAD) * PRICE_ONE * BPS // parts)
        return next(price for price in count(begin) if self._short_needs(price) > there_is)

    def _short_needs(self, price: int) -> int:
        size = self.position.size
        return worth_up(size, price) + up(bps(worth(size, price), self.market.maintenance_bps))

    @property
    def _funding(self) -> int:
        return funding_owed(self.position, self.market.cum_funding)


def open_positions(rpc: str, market_id: str) -> list[Perp]:
    """Every open position of a market; AssertionError when a transaction came between two readings of the market."""
    before = account(rpc, PerpMarket, market_id)
    found = accounts(rpc, LOCALNET.demo_market, PerpPosition)
    assert account(rpc, PerpMarket, market_id) == before, "the market goes on: read it again"
    mine = {address: held for address, held in found.items() if str(held.market) == market_id and held.state == OPEN}
    return [Perp(address, market_of(before), position_of(held)) for address, held in mine.items()]


def market_of(told: PerpMarket) -> Market:
    """What the twin needs of the account."""
    return Market(
        depth=told.depth,
        maintenance_bps=told.maintenance_bps,
        liquidation_fee_bps=told.liquidation_fee_bps,
        price=told.price,
        lag_price=told.lag_price,
        cum_funding=told.cum_funding,
        fund=told.fund,
    )


def position_of(told: PerpPosition) -> Position:
    """The same of a position."""
    return Position(
        is_long=told.is_long,
        size=told.size,
        entry_price=told.entry_price,
        notional=told.notional,
        margin=told.margin,
        initial_margin=told.initial_margin,
        leverage=told.leverage,
        entry_funding=told.entry_funding,
    )
