"""A scripted run that uses every instruction which moves money, on the real programs, from genesis on.

What the people do is chosen so that claims hit every tier: a NoClaim, a claim paid by stake, premium and capital, one
reduced by arrears, and one that wipes out the pool and leaves profits to bear the rest.
"""

from decimal import Decimal
from pathlib import Path

from solders.account import Account

from offchain.chain import recipes
from offchain.chain.instructions import demo_market, insolvency_handler, insurance_pool, premium_manager, risk_engine
from offchain.chain.units import atoms, price
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World
from tests.verify.tokens import supply_of_all

LOCK, NOTICE = 8, 4


class Story:
    """The run; `play` plays all of it."""

    def __init__(self) -> None:
        self.world = World.bare()
        self.world.configure()
        self.world.push_price()
        terms = {"lock_epochs": LOCK, "notice_epochs": NOTICE, "insolvency_threshold": atoms("100")}
        self.market: Market = self.world.open_market(index=0, **terms)
        self.market.fund_house("200000")
        self.market.fund_insurance("5")
        self.world.crank_epoch()
        self.keeper = self.world.keeper
        self.creator = self.world.creator

    def play(self) -> None:
        """Everything, in order."""
        self.deposits()
        self.trades()
        self.small_then_large_deficit()
        self.withdrawals()
        self.arrears()
        self.wiped_pool()
        self.new_generation()
        self.everybody_leaves()

    def move(self, usd: str) -> None:
        """The price goes there and stays: newest and lagging price are both the new one."""
        halfway = (self.world.last_price + price(usd)) // 2
        for step in (Decimal(halfway) / 10**6, usd, usd):
            self.world.advance(seconds=25)
            self.world.push_price(step)
        self.market.sync()

    def deposits(self) -> None:
        """Two providers, one of them twice in an epoch, and the creator's stake."""
        world, market = self.world, self.market
        self.alice, self.bob = world.user(usdc="10000"), world.user(usdc="10000")
        self.entry = world.epoch
        market.deposit(self.alice, "3000")
        world.send(insurance_pool.top_up(self.alice.key, market.id, self.alice.token, atoms("500"), 0, world.epoch))
        market.deposit(self.bob, "2000")
        world.send(
            insurance_pool.fund_first_loss(self.creator.key, market.id, self.creator.token, atoms("100")),
            insurance_pool.request_stake(self.creator.key, market.id, atoms("50")),
            insurance_pool.cancel_stake(self.creator.key, market.id),
        )
        world.crank_epoch()

    def trades(self) -> None:
        """A winner closes, adds margin before, and profit vests; a loser is liquidated with equity left."""
        world, market = self.world, self.market
        self.winner, loser = market.trader("5000"), market.trader("5000")
        long = market.open(self.winner, True, "0.5", "500")
        world.send(demo_market.add_margin(self.winner.key, market.id, long, self.winner.token, atoms("100")))
        short = market.open(loser, False, "0.5", "400")
        world.crank_epochs(3)
        self.move("8700")
        market.close(self.winner, long)
        market.liquidate(loser, short)
        world.crank_epochs(2)
        world.send(demo_market.vest_profit(self.keeper.key, market.id, self.winner.key))
        world.send(demo_market.withdraw_profit(self.winner.key, market.id, self.winner.token))

    def bankrupt(self, base: str, margin: str, fall_to: str, settle: bool = True) -> tuple[User, int]:
        """A long that is under water at the given price, an epoch after it was opened."""
        trader = self.market.trader(margin + "0")
        nonce = self.market.open(trader, True, base, margin)
        if settle:
            self.world.crank_epoch()
        else:
            self.epoch_without_fees()
        self.move(fall_to)
        return trader, nonce

    def epoch_without_fees(self) -> None:
        """The next epoch with its score and an empty routing: the market keeps its fees."""
        self.world.advance(epochs=1)
        self.world.push_price()
        self.market.world.send(*recipes.score_epoch(self.keeper.key, self.market.id, self.world.feed))
        self.world.send(
            premium_manager.route_premiums(self.keeper.key, self.market.id, self.keeper.token),
            premium_manager.report_arrears(self.keeper.key, self.market.id),
        )

    def recover(self, usd: str) -> None:
        """Back to a price, and a score for it."""
        self.move(usd)
        self.world.crank_epoch()

    def small_then_large_deficit(self) -> None:
        """A deficit below the threshold is no claim; with the next one it is."""
        market = self.market
        trader, nonce = self.bankrupt("0.1", "60", "7700")
        market.liquidate(trader, nonce)
        market.report()
        self.recover("8700")
        trader, nonce = self.bankrupt("0.5", "300", "7700")
        market.claim(trader, nonce)
        self.recover("8700")
        self.collect(1)

    def collect(self, sequence: int) -> None:
        """Executor and treasury collect what a claim left them."""
        world, market = self.world, self.market
        world.send(
            insolvency_handler.collect_claim_fee(self.keeper.key, market.id, sequence, self.keeper.token),
            insurance_pool.collect_treasury(world.treasury.key, market.id, world.treasury.token),
        )

    def withdrawals(self) -> None:
        """One request is cancelled, the next is paid early: first as far as the cap allows, then the rest."""
        world, market = self.world, self.market
        large = market.trader("5000")
        nonce = market.open(large, False, "4", "4000")
        world.crank_epochs(2)
        market.deposit(self.alice, "1000")
        entry = world.epoch
        market.request(self.alice, entry, atoms("100"))
        world.send(insurance_pool.cancel_withdrawal(self.alice.key, market.id, entry))
        market.request(self.alice, self.entry)
        market.request(self.alice, entry)
        world.crank_epochs(NOTICE)
        market.withdraw(self.alice, self.entry)
        market.close(large, nonce)
        world.crank_epochs(2)
        market.withdraw(self.alice, entry)

    def arrears(self) -> None:
        """A market that owes premiums pays some of them, and a claim keeps the rest back."""
        world, market = self.world, self.market
        holder = market.trader("5000")
        nonce = market.open(holder, True, "1", "4000")
        for _ in range(4):
            self.epoch_without_fees()
        world.send(premium_manager.pay_arrears(self.creator.key, market.id, self.creator.token, atoms("0.01")))
        trader, loss = self.bankrupt("0.5", "300", "7700", settle=False)
        market.claim(trader, loss)
        world.send(insurance_pool.report_offset(self.keeper.key, market.id))
        self.recover("8700")
        market.close(holder, nonce)

    def wiped_pool(self) -> None:
        """A short has won when a long takes the whole pool with it: capital, then profits, then nothing is left."""
        world, market = self.world, self.market
        short = market.trader("5000")
        won = market.open(short, False, "0.3", "300")
        trader, nonce = self.bankrupt("1.7", "2000", "6000")
        market.request(self.bob, self.entry)
        market.close(short, won)
        market.claim(trader, nonce)
        self.recover("8700")
        world.crank_epochs(NOTICE)
        market.withdraw(self.bob, self.entry)

    def new_generation(self) -> None:
        """A new provider; the pool's own authority resolves a hopeless position."""
        world, market = self.world, self.market
        self.carol = world.user(usdc="10000")
        market.deposit(self.carol, "4000")
        self.carol_entry = world.epoch
        world.crank_epoch()
        trader, nonce = self.bankrupt("0.4", "200", "7700")
        world.send(insurance_pool.force_resolution(self.keeper.key, market.id, trader.key, nonce, self.keeper.token))
        market.report()
        market.release()
        self.recover("8700")

    def everybody_leaves(self) -> None:
        """Fees are swept, the stake and the house leave, and a forced payment ends a request nobody served."""
        world, market = self.world, self.market
        world.send(demo_market.sweep_fees(self.keeper.key, market.id))
        world.send(insurance_pool.fund_first_loss(self.creator.key, market.id, self.creator.token, atoms("30")))
        world.send(insurance_pool.request_stake(self.creator.key, market.id, atoms("30")))
        market.request(self.carol, self.carol_entry)
        world.crank_epochs(NOTICE)
        world.send(insurance_pool.execute_stake(self.creator.key, market.id, self.creator.token))
        world.send(demo_market.withdraw_house(self.creator.key, market.id, self.creator.token, atoms("1000")))
        self.engine_and_terms_change()
        world.send(insurance_pool.flag_exit(self.keeper.key, market.id, self.carol.key, self.carol_entry))
        world.advance(epochs=world.parameters.exit_after)
        market.withdraw(self.carol, self.carol_entry, caller=self.keeper)

    def engine_and_terms_change(self) -> None:
        """The engine leaves the list for an epoch; a lower leverage cap is announced and, a week later, holds."""
        world, market, admin = self.world, self.market, self.world.admin.key
        world.send(risk_engine.remove_engine(admin, world.at.demo_market))
        world.crank_epoch()
        world.send(risk_engine.restore_engine(admin, world.at.demo_market))
        change = {"lock": LOCK, "notice": NOTICE, "max_leverage": 150_000}
        world.send(risk_engine.announce_change(admin, market.id, **change))
        world.advance(epochs=world.parameters.exit_after)
        world.send(risk_engine.apply_change(self.keeper.key, market.id))
        world.send(risk_engine.push_terms_pool(self.keeper.key, market.id, self.creator.key))
        world.crank_epoch(advance=False)

    def save(self, path: Path) -> None:
        """Keep the chain. The mint's supply was put in place without minting; it becomes what people were given."""
        world = self.world
        mint = world.local.account(world.mint)
        assert mint is not None
        supply = supply_of_all(world.local, world.mint)
        data = mint.data[:36] + supply.to_bytes(8, "little") + mint.data[44:]
        world.local.set_account(world.mint, Account(mint.lamports, data, mint.owner))
        world.local.save(path)
