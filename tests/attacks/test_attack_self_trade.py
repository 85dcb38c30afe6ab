"""One owner holds both legs at high leverage: the loser goes bankrupt on the pool, the winner walks off."""

import pytest

from offchain.chain import transactions
from offchain.chain.instructions import demo_market
from tests.attacks.moves import gap, pool_money, wealth
from tests.support.market import Market
from tests.support.world import World

MARGIN = 22_000
STAKE = MARGIN * 10**6


class Straddle:
    """The attacker's two legs: 50 BTC each way, 18x."""

    def __init__(self, world: World, market: Market) -> None:
        self.world, self.market = world, market
        market.cover("200000")
        self.long, self.short = market.trader("100000"), market.trader("100000")
        self.start = wealth(world, market, self.long, self.short)
        self.long_nonce = market.open(self.long, True, "50", MARGIN)
        self.short_nonce = market.open(self.short, False, "50", MARGIN)

    def win(self) -> None:
        """The short closes."""
        self.market.close(self.short, self.short_nonce)

    def lose(self) -> None:
        """The long is liquidated and claimed on the pool, by a stranger."""
        self.market.claim(self.long, self.long_nonce)

    @property
    def gain(self) -> int:
        """What the attacker has made so far, with everything that is still to vest."""
        return wealth(self.world, self.market, self.long, self.short) - self.start


@pytest.fixture
def straddle(world: World, market: Market) -> Straddle:
    """Both legs open."""
    return Straddle(world, market)


@pytest.mark.parametrize("usd", ["7100", "6100"])
@pytest.mark.parametrize("winner_first", [True, False])
def test_attack_the_pool_pays_at_most_the_margin_that_was_lost(
    world: World, market: Market, straddle: Straddle, winner_first: bool, usd: str
) -> None:
    before = pool_money(market)
    gap(world, market, usd)
    for step in (straddle.win, straddle.lose) if winner_first else (straddle.lose, straddle.win):
        step()
    record = market.record(1)
    assert 0 < record.deficit_amount <= STAKE
    assert before - pool_money(market) <= STAKE
    # The market's counterparty is the house of its creator: what the winner won beyond the pool's share is its loss.
    paid_by_market = market.perp().bad_debt + record.fund_tier
    assert straddle.gain <= record.payout_amount + paid_by_market


def test_attack_closing_the_winner_first_returns_the_excess(world: World, market: Market, straddle: Straddle) -> None:
    gap(world, market, "6100")
    straddle.win()
    won = straddle.gain
    straddle.lose()
    # Beyond margin, fund and one more margin from the pool the loser's debt falls on profit that has not vested.
    assert market.perp().bad_debt == 0
    assert straddle.gain < won
    assert straddle.gain <= STAKE + market.record(1).fund_tier


def test_attack_closing_the_winner_between_report_and_release_changes_no_payout(
    world: World, market: Market, straddle: Straddle
) -> None:
    before = pool_money(market)
    gap(world, market, "6100")
    market.liquidate(straddle.long, straddle.long_nonce)
    market.report()
    straddle.win()
    market.release()
    assert before - pool_money(market) <= STAKE
    assert market.record(1).deficit_amount == STAKE


def test_attack_the_winner_can_not_run_with_the_profit(world: World, market: Market, straddle: Straddle) -> None:
    gap(world, market, "6100")
    straddle.win()
    withdrawal = demo_market.withdraw_profit(straddle.short.key, market.id, straddle.short.token)
    with world.expect_error("E_AMOUNT"):
        world.send(withdrawal)
    world.advance(epochs=1)
    units = market.trader_account(straddle.short).units
    world.send(withdrawal)
    assert market.trader_account(straddle.short).units >= units * 94 // 96


def test_attack_without_a_gap_the_pool_pays_nothing(world: World, market: Market, straddle: Straddle) -> None:
    before = pool_money(market)
    for usd in range(7950, 6950, -50):
        world.advance(seconds=30)
        market.price(usd)
        if breached(world, market, straddle):
            market.liquidate(straddle.long, straddle.long_nonce)
            break
    straddle.win()
    perp = market.perp()
    assert market.perp_position(straddle.long, straddle.long_nonce).state == 3
    assert (perp.deficit_counter, perp.bad_debt, pool_money(market)) == (0, 0, before)
    assert straddle.gain < 0


def breached(world: World, market: Market, straddle: Straddle) -> bool:
    """What keepers ask at every price."""
    check = demo_market.check_liquidation(world.keeper.key, market.id, straddle.long.key, straddle.long_nonce)
    unsigned = transactions.build_unsigned([check], world.keeper.key, world.chain.blockhash())
    return world.chain.simulate(unsigned).err is None


def test_attack_the_creator_against_its_own_house(world: World, market: Market) -> None:
    # The house is the counterparty: what its own trader loses it wins, and the pool adds at most one margin.
    market.cover("200000")
    creator = market.creator
    world.send(demo_market.open_trader(creator.key, market.id))
    start = world.balance(creator) + market.perp().house + market.perp().fund
    before = pool_money(market)
    nonce = market.open(creator, True, "50", MARGIN)
    gap(world, market, "6100")
    with world.expect_error("E_OPEN_INTEREST"):
        world.send(demo_market.withdraw_house(creator.key, market.id, creator.token, 1))
    market.claim(creator, nonce)
    gain = world.balance(creator) + market.perp().house + market.perp().fund - start
    assert before - pool_money(market) == market.record(1).payout_amount == STAKE
    assert gain <= STAKE


def test_attack_splitting_the_loser_covers_no_more(world: World, market: Market) -> None:
    # Ten small losers instead of one: the sum of their covers is still at most the sum of their margins.
    market.cover("200000")
    loser = market.trader("100000")
    nonces = [market.open(loser, True, "5", MARGIN // 10) for _ in range(10)]
    before = pool_money(market)
    gap(world, market, "6100")
    for nonce in nonces:
        market.liquidate(loser, nonce)
    market.report()
    market.release()
    assert 0 < before - pool_money(market) <= STAKE


def test_attack_adding_margin_before_the_end_buys_no_cover(world: World, market: Market) -> None:
    # The cap follows the margin, but each atom added lowers the deficit by an atom first.
    market.cover("200000")
    plain, strong = market.trader("100000"), market.trader("100000")
    plain_nonce, strong_nonce = market.open(plain, True, "50", MARGIN), market.open(strong, True, "50", MARGIN)
    gap(world, market, "7100")
    world.send(demo_market.add_margin(strong.key, market.id, strong_nonce, strong.token, 1_000 * 10**6))
    deficits = []
    for owner, nonce in ((plain, plain_nonce), (strong, strong_nonce)):
        counter = market.perp().deficit_counter + market.perp().fund_counter
        market.liquidate(owner, nonce)
        deficits.append(market.perp().deficit_counter + market.perp().fund_counter - counter)
    slip = market.perp_position(strong, strong_nonce).notional - market.perp_position(plain, plain_nonce).notional
    assert deficits[1] == deficits[0] + slip - 1_000 * 10**6
