"""Leaving before a loss that everybody can see already, or arriving for what follows it.

Incident class: exit ahead of a write-down. Lending and cover pools that booked a bad debt late paid early leavers in
full at the cost of whoever stayed; pools that booked it early and repaid it later sold cheap shares in between.
"""

import pytest

from offchain.chain.events.generated.insolvency_handler import NoClaim
from offchain.chain.instructions import insurance_pool
from offchain.chain.units import atoms
from tests.attacks.moves import VIRTUAL, bankrupt, check_solvent, leave, pool_money, route, score, trade_volume, worth
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World

HALF = atoms("100000")


def half_after(loss: int) -> int:
    """What half the pool may be worth after a loss of capital, at most.

    Below a price of one the virtual atoms promise a little more than there is: they, too, bear their part.
    """
    return HALF - loss // 2 + VIRTUAL * loss // (2 * HALF) + 2


@pytest.fixture
def pair(world: World, market: Market) -> tuple[User, User, int]:
    """Somebody who stays and somebody who runs, 100 000 each, in the same epoch."""
    stays, runs = market.cover("100000", "stays"), market.cover("100000", "runs")
    return stays, runs, world.epoch


def test_attack_request_before_a_known_deficit_and_execute_after(
    world: World, market: Market, pair: tuple[User, User, int]
) -> None:
    """The request was there first: it still pays the lower of the value then and now."""
    stays, runs, entry = pair
    market.request(runs, entry)
    market.claim(*bankrupt(world, market, "6000"))
    world.advance(epochs=96)
    score(world, market)
    stayed = worth(market, market.position_of(stays, entry).shares)
    market.withdraw(runs, entry)
    loss = market.record(1).capital_tier
    assert loss > atoms("5000")
    assert world.balance(runs) <= stayed <= half_after(loss)
    check_solvent(world, market)


@pytest.mark.parametrize("moment", ["liquidated", "reserved", "paid"])
def test_attack_request_after_the_deficit_is_visible(
    world: World, market: Market, pair: tuple[User, User, int], moment: str
) -> None:
    """Between liquidation, report and release the runner asks to leave: the notice is longer than any keeper sleeps."""
    stays, runs, entry = pair
    loser = bankrupt(world, market, "6000")
    market.liquidate(*loser)
    if moment != "liquidated":
        market.report()
    if moment == "paid":
        market.release()
    market.request(runs, entry)
    with world.expect_error("E_NOTICE"):
        market.withdraw(runs, entry)
    if moment == "liquidated":
        market.report()
    if moment != "paid":
        market.release()
    world.advance(epochs=96)
    score(world, market)
    stayed = worth(market, market.position_of(stays, entry).shares)
    market.withdraw(runs, entry)
    assert world.balance(runs) <= stayed <= half_after(market.record(1).capital_tier)


def test_attack_execute_between_report_and_release(world: World, market: Market, pair: tuple[User, User, int]) -> None:
    """The loss is booked by the report, so that a payout nobody has released yet is no door."""
    stays, runs, entry = pair
    market.request(runs, entry)
    world.advance(epochs=95)
    score(world, market)
    loser = bankrupt(world, market, "6000")
    world.advance(epochs=1)
    score(world, market)
    market.sync()
    market.liquidate(*loser)
    market.report()
    reserved = market.pool().reserved
    market.withdraw(runs, entry)
    assert market.pool().reserved == reserved > 0
    market.release()
    loss = market.record(1).capital_tier
    assert world.balance(runs) <= half_after(loss)
    assert worth(market, market.position_of(stays, entry).shares) >= HALF - loss // 2 - VIRTUAL


def test_attack_leave_while_a_deficit_below_the_threshold_is_carried(
    world: World, market: Market, pair: tuple[User, User, int]
) -> None:
    """Reported, too small to claim, and carried on: it is in the price of leaving, so no runner leaves it behind."""
    _, runs, entry = pair
    market.liquidate(*bankrupt(world, market, "6850"))
    market.report().event(NoClaim)
    carried = market.pool().unsettled
    assert 0 < carried <= market.design.insolvency_threshold
    paid = leave(world, market, runs, entry)
    assert paid <= half_after(carried)


def test_attack_deposit_while_a_deficit_is_carried(world: World, market: Market, pair: tuple[User, User, int]) -> None:
    """The guest pays the full value though leaving is priced below it: nothing to win when the stake pays the deficit.

    Cheap shares before a repayment are the other half of the class.
    """
    creator = market.creator
    world.send(insurance_pool.fund_first_loss(creator.key, market.id, creator.token, atoms("50000")))
    market.liquidate(*bankrupt(world, market, "6850"))
    market.report()
    assert market.pool().unsettled > 0
    guest = world.user(usdc="900000")
    market.deposit(guest, "900000")
    entry = world.epoch
    market.claim(*bankrupt(world, market, "5200"))
    record = market.record(1)
    assert (record.capital_tier, market.pool().unsettled) == (0, 0)
    assert worth(market, market.position_of(guest, entry).shares) <= atoms("900000")


@pytest.mark.parametrize("moment", ["liquidated", "reserved"])
def test_attack_deposit_just_before_a_payout(
    world: World, market: Market, pair: tuple[User, User, int], moment: str
) -> None:
    """Before the report the guest shares the loss; after it the guest buys at the price after the loss."""
    loser = bankrupt(world, market, "6000")
    market.liquidate(*loser)
    if moment == "reserved":
        market.report()
    guest = world.user(usdc="900000")
    entry = world.epoch
    market.deposit(guest, "900000")
    price_before = worth(market, 10**12)
    if moment == "liquidated":
        market.report()
    market.release()
    value = worth(market, market.position_of(guest, entry).shares)
    assert value <= atoms("900000")
    assert (value < atoms("900000") - market.record(1).capital_tier * 8 // 10) == (moment == "liquidated")
    assert (worth(market, 10**12) == price_before) == (moment == "reserved")


def test_attack_a_deposit_cheapens_no_loss_of_its_own_making(world: World, market: Market) -> None:
    """A trader who owns the pool as well: the payout to the market comes out of the trader's own shares first."""
    owner = market.cover("100000", "owner")
    entry = world.epoch
    before = pool_money(market)
    market.claim(*bankrupt(world, market, "6000"))
    assert before - worth(market, market.position_of(owner, entry).shares) >= market.record(1).capital_tier


def test_attack_a_standing_request_costs_every_premium(
    world: World, market: Market, pair: tuple[User, User, int]
) -> None:
    """A request that is executed only when it pays to: the price of the choice is all income, also when cancelled."""
    stays, runs, entry = pair
    market.request(runs, entry)
    asked = market.position_of(runs, entry)
    for _ in range(3):
        trade_volume(market)
        world.advance(epochs=1)
        score(world, market)
        route(world, market)
        world.advance(epochs=96)
        score(world, market)
        market.sync()
    assert worth(market, market.position_of(stays, entry).shares) > HALF + atoms("200")
    world.send(insurance_pool.cancel_withdrawal(runs.key, market.id, entry))
    assert worth(market, market.position_of(runs, entry).shares) <= asked.request_value <= HALF


def test_attack_requested_capital_backs_no_new_open_interest(
    world: World, market: Market, pair: tuple[User, User, int]
) -> None:
    """What may leave any moment is not counted on: the cap on open interest leaves it out from the next report on."""
    _, runs, entry = pair
    market.sync()
    before = market.perp().oi_cap
    market.request(runs, entry)
    world.send(insurance_pool.report_reserve(world.keeper.key, market.id))
    market.sync()
    assert abs(market.perp().oi_cap - before // 2) <= before // 10_000


def test_attack_a_runner_on_the_news_leaves_the_required_reserve_behind(
    world: World, market: Market, pair: tuple[User, User, int]
) -> None:
    """A payable request can be executed between a price and the liquidation; the cap bounds what that takes away."""
    stays, runs, entry = pair
    trader = market.trader("500000")
    market.open(trader, False, "180", "200000")
    market.request(runs, entry)
    world.advance(epochs=96)
    score(world, market)
    market.sync()
    world.advance(epochs=1)
    score(world, market)
    pool = market.pool()
    assert pool.required_reserve > atoms("90000")
    market.withdraw(runs, entry)
    left = market.pool()
    assert left.available_balance * 8_500 >= left.required_reserve * 10_000
    assert market.position_of(runs, entry).requested_shares > 0
    assert world.balance(runs) < HALF
    assert worth(market, market.position_of(stays, entry).shares) >= HALF - 1
