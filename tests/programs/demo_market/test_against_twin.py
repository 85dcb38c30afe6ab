"""Random trading on the bytecode and on the Python twin: all ledgers agree to the atom."""

from random import Random

import pytest
from solders.pubkey import Pubkey

from offchain.chain.errors import ProgramError
from offchain.chain.generated.demo_market.accounts import PerpMarket
from tests.model.market import accrual, liquidation, profit, trading
from tests.model.market.state import Market, Position, Trader
from tests.model.refusals import Refused
from tests.programs.bench.machine import EPOCH, GENESIS, USDC
from tests.programs.demo_market.lab import BTC, DEPTH, PRICE, SYNC, Lab, Player

LEDGERS = [
    *["price", "lag_price", "provisional", "reasons", "oi_long", "oi_short", "entry_notional"],
    *["entry_notional_leverage", "cum_funding", "margins", "house", "fund", "claimable", "fees_due"],
    *["unvested_units", "profit_index", "profit_generation", "deficit_counter", "margin_counter"],
    *["fund_counter", "bad_debt", "open_positions"],
]


class Pair:
    """The same market twice."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.lab = Lab(house=20_000 * USDC)
        self.twin = Market(depth=DEPTH, house=20_000 * USDC)
        self.twin = self.sync_twin(PRICE)
        self.players = [self.lab.player() for _ in range(3)]
        self.traders = {player.key: Trader() for player in self.players}
        self.open: list[tuple[Player, int, Position]] = []
        self.keeper = self.lab.wallet()
        self.keeper_token = self.lab.tokens(self.keeper)
        self.nonce = 0
        self.done: set[str] = set()
        """Outcomes that have happened, so that a run which only met refusals fails."""

    def sync_twin(self, price: int, **changes: bool | int) -> Market:
        limits = {"leverage_cap": SYNC["leverage_cap"], "oi_cap": SYNC["oi_cap"]}
        calendar = {"genesis": GENESIS, "epoch_seconds": EPOCH}
        return accrual.sync(self.twin, self.lab.now, price, **limits, **calendar, **changes)

    def step(self) -> None:
        actions = [self.trade, self.trade, self.end, self.end, self.move, self.move, self.move, self.pay, self.cover]
        self.random.choice(actions)()
        self.compare()

    def move(self) -> None:
        self.lab.wait(self.random.choice([1, 20, 300, EPOCH, 5 * EPOCH]))
        price = self.twin.price * self.random.randint(85, 117) // 100 + self.random.randint(-99, 99)
        provisional = self.random.random() < 0.1
        lag = self.random.choice([0, self.twin.price])
        self.lab.sync(price, provisional=provisional, lag_price=lag)
        self.twin = self.sync_twin(price, provisional=provisional, lag_price=lag)

    def trade(self) -> None:
        self.lab.wait(1)
        player = self.random.choice(self.players)
        self.nonce += 1
        is_long, size = self.random.random() < 0.5, self.random.randint(1, 3 * BTC)
        margin = size * self.twin.price // 10**6 * self.random.randint(4, 40) // 100
        order = {"nonce": self.nonce, "is_long": is_long, "size": size, "margin": margin}
        try:
            twin, position, _ = trading.open_position(self.twin, is_long, size, margin, self.lab.now)
        except Refused as refused:
            self.expect(refused.code, lambda: player.open(**order))
            return
        player.open(**order)
        self.twin = twin
        self.open.append((player, self.nonce, position))
        self.done.add("opened")

    def end(self) -> None:
        if not self.open:
            return
        self.lab.wait(1)
        entry = self.random.choice(self.open)
        player, nonce, position = entry
        trader = self.traders[player.key]
        try:
            self.twin, trader, _ = liquidation.liquidate(self.twin, trader, position, self.lab.now)
        except Refused as refused:
            self.expect(refused.code, lambda: player.liquidate(self.keeper, self.keeper_token, nonce))
            self.close(entry)
            return
        player.liquidate(self.keeper, self.keeper_token, nonce)
        self.finish(entry, trader, "liquidated")

    def close(self, entry: tuple[Player, int, Position]) -> None:
        player, nonce, position = entry
        try:
            twin, trader, closed = trading.close_position(self.twin, self.traders[player.key], position, self.lab.now)
        except Refused as refused:
            # Below zero at the newest price, healthy at the lagging one: it waits for the next price.
            self.expect(refused.code, lambda: player.close(nonce))
            return
        player.close(nonce)
        self.twin = twin
        self.finish(entry, trader, "won" if closed.profit else "lost")

    def finish(self, entry: tuple[Player, int, Position], trader: Trader, how: str) -> None:
        self.open.remove(entry)
        self.traders[entry[0].key] = trader
        self.done.add(how)

    def pay(self) -> None:
        player = self.random.choice(self.players)
        before = self.lab.balance(player.token)
        epoch = (self.lab.now - GENESIS) // EPOCH
        twin, trader, paid = profit.withdraw(self.twin, self.traders[player.key], epoch)
        accounts = {"owner": player.key, "trader": player.trader, "destination": player.token}
        if paid == 0:
            self.expect("E_AMOUNT", lambda: self.lab.call("withdraw_profit", **accounts))
            return
        self.lab.call("withdraw_profit", **accounts)
        assert self.lab.balance(player.token) - before == paid
        self.twin, self.traders[player.key] = twin, trader
        self.done.add("paid")

    def cover(self) -> None:
        net = self.random.randint(0, 10**9)
        uncovered, limit = self.random.randint(0, 10**9), self.random.randint(0, 2 * 10**9)
        self.lab.donate(self.lab.at.vault, net)
        self.lab.call("cover_deficit", {"net": net, "uncovered": uncovered, "profit": limit})
        self.twin, taken = liquidation.cover_deficit(self.twin, net, uncovered, limit)
        self.done.add("socialised" if taken else "covered")

    def expect(self, code: str, action: object) -> None:
        assert callable(action)
        with pytest.raises(ProgramError) as refusal:
            action()
        assert refusal.value.code == code

    def compare(self) -> None:
        market = self.lab.market
        assert {name: getattr(market, name) for name in LEDGERS} == {name: getattr(self.twin, name) for name in LEDGERS}
        means = self.twin.means
        assert (market.mean_epoch, market.mean_long, market.mean_short, market.mean_leverage) == (
            means.epoch,
            means.long,
            means.short,
            means.leverage,
        )
        for owner, trader in self.traders.items():
            self.compare_trader(market, owner, trader)
        for player, nonce, position in self.open:
            found = self.lab.position(player.key, nonce)
            assert {name: getattr(found, name) for name in position.__dataclass_fields__} == vars(position)
        assert self.lab.balance(self.lab.at.vault) >= trading.ledger(self.twin)

    def compare_trader(self, market: PerpMarket, owner: Pubkey, trader: Trader) -> None:
        found = self.lab.trader(owner)
        assert (found.units, found.claimable, found.generation) == (trader.units, trader.claimable, trader.generation)
        if trader.units and trader.generation == market.profit_generation:
            assert (found.vest_end, found.vest_epoch) == (trader.vest_end, trader.vest_epoch)


@pytest.mark.parametrize("seed", range(6))
def test_bytecode_and_twin_agree(seed: int) -> None:
    pair = Pair(seed)
    for _ in range(150):
        pair.step()
    assert pair.done >= {"opened", "liquidated", "won", "lost", "paid", "socialised", "covered"}
