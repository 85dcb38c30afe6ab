"""Random lives of the demo market: its vault always holds what its ledgers promise."""

import random
from dataclasses import dataclass, field, fields, replace

import pytest

from tests.model.market.accrual import accrue, sync
from tests.model.market.liquidation import cover_deficit, liquidate
from tests.model.market.profit import withdraw
from tests.model.market.state import Market, Position, Trader
from tests.model.market.trading import add_margin, close_position, ledger, open_position
from tests.model.refusals import Refused

USDC = 1_000_000


@dataclass
class Life:
    """A market, its traders and the tokens in its vault, moved by a seeded source."""

    source: random.Random
    market: Market
    vault: int
    now: int = 900
    traders: list[Trader] = field(default_factory=lambda: [Trader() for _ in range(4)])
    held: list[tuple[int, Position]] = field(default_factory=list)

    def pick(self) -> int:
        return self.source.randrange(len(self.held)) if self.held else 0

    def open(self) -> None:
        size = self.source.randint(1, 20 * USDC)
        margin = self.source.randint(20 * USDC, 20_000 * USDC)
        self.market, position, paid = open_position(self.market, self.source.random() < 0.5, size, margin, self.now)
        self.held.append((self.source.randrange(4), position))
        self.vault += paid.margin

    def add(self) -> None:
        place = self.pick()
        if self.held:
            owner, position = self.held[place]
            self.market, position = add_margin(self.market, position, USDC, self.now)
            self.held[place] = (owner, position)
            self.vault += USDC

    def close(self) -> None:
        if self.held:
            owner, position = self.held[self.pick()]
            trader = self.traders[owner]
            self.market, self.traders[owner], done = close_position(self.market, trader, position, self.now)
            self.held.remove((owner, position))
            self.vault -= done.fee + done.principal

    def liquidate(self) -> None:
        for owner, position in list(self.held):
            try:
                self.market, self.traders[owner], done = liquidate(self.market, self.traders[owner], position, self.now)
            except Refused:
                continue
            self.held.remove((owner, position))
            self.vault -= done.keeper
            assert done.covered <= position.initial_margin

    def cover(self) -> None:
        net, uncovered = self.source.randint(0, 1_000 * USDC), self.source.randint(0, 500 * USDC)
        self.market, taken = cover_deficit(self.market, net, uncovered, uncovered)
        assert taken <= uncovered
        self.vault += net

    def withdraw(self) -> None:
        place = self.source.randrange(4)
        self.market, self.traders[place], paid = withdraw(self.market, self.traders[place], self.market.epoch)
        self.vault -= paid

    def move(self) -> None:
        self.now += self.source.choice([1, 60, 900, 5_000])
        price = self.market.price * self.source.randint(8_500, 11_600) // 10_000
        self.market = sync(self.market, self.now, max(price, USDC), lag_price=self.market.price)

    def check(self) -> None:
        assert self.vault >= ledger(self.market)
        for entry in fields(Market):
            value = getattr(self.market, entry.name)
            assert entry.name == "cum_funding" or not isinstance(value, int) or value >= 0, entry.name
        live = [trader for trader in self.traders if trader.generation == self.market.profit_generation]
        assert self.market.unvested_units == sum(trader.units for trader in live)
        assert self.market.margins == sum(position.margin for _, position in self.held)
        assert self.market.oi_long == sum(position.size for _, position in self.held if position.is_long)
        assert self.market.open_positions == len(self.held)


MOVES = ("open", "open", "add", "close", "liquidate", "move", "move", "cover", "withdraw")


@pytest.mark.parametrize("seed", range(25))
def test_the_vault_covers_the_ledgers(seed: int) -> None:
    house = 50_000 * USDC
    market = sync(Market(depth=2_000_000 * USDC, house=house), 900, 8_000 * USDC)
    life = Life(random.Random(seed), market, house)
    done = 0
    for _ in range(300):
        try:
            getattr(life, life.source.choice(MOVES))()
            done += 1
        except Refused:
            pass
        life.check()
    assert done > 150


def test_statistics_do_not_depend_on_how_often_time_is_accrued() -> None:
    market = sync(Market(depth=1), 900, 8_000 * USDC)
    market = replace(market, oi_long=3 * USDC, oi_short=USDC, entry_notional=7, entry_notional_leverage=70_001)
    once = accrue(market, 2_700)
    often = market
    for now in range(901, 1_801, 7):
        often = accrue(often, now)
    often = accrue(often, 2_700)
    assert often.means == once.means
