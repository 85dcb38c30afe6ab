"""The fixture that all program, attack and story tests stand on."""

from time import process_time

import pytest

from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.units import atoms
from tests.support.market import Market
from tests.support.world import FIRST_EPOCH, World


def test_a_fresh_world_is_live_and_scored(world: World, market: Market) -> None:
    assert world.epoch == FIRST_EPOCH + 1
    assert market.config().active
    assert market.score().epoch == world.epoch
    assert market.perp().synced
    assert market.perp().reasons == 0
    assert market.pool().available_balance == 0
    assert market.pool().lock_epochs == world.parameters.lock_default
    assert world.balance(market.m.vault) == market.perp().house + market.perp().fund


def test_worlds_are_equal_and_apart() -> None:
    one, two = World.fresh(), World.fresh()
    one.market.cover("100")
    assert one.market.pool().available_balance == atoms("100")
    assert two.market.pool().available_balance == 0
    assert two.user(name="lp").key == one.user(name="lp").key


def test_a_restored_world_goes_on_as_an_original_one() -> None:
    original = World.bare()
    original.configure()
    original.push_price()
    market = original.open_market(index=0)
    market.fund_house("2000000")
    market.fund_insurance("5000")
    original.crank_epoch()
    copy = World.fresh()
    for world in (original, copy):
        world.market.cover("50000")
        trader = world.market.trader("5000")
        world.market.open(trader, is_long=True, base="2", margin="2000")
        world.crank_epochs(3)
    assert vars(copy.market.pool()) == vars(original.market.pool())
    assert vars(copy.market.perp()) == vars(original.market.perp())
    assert vars(copy.market.score()) == vars(original.market.score())


def test_a_world_is_quick() -> None:
    # Time of this process alone: other work on the machine does not count.
    World.fresh()
    start = process_time()
    for _ in range(5):
        World.fresh()
    assert (process_time() - start) / 5 < 0.3


def test_several_markets(world: World) -> None:
    second = world.open_market(index=1, max_leverage=100_000)
    world.crank_epochs(2)
    assert second.config().max_leverage == 100_000
    assert second.score().epoch == world.markets[0].score().epoch == world.epoch


def test_time(world: World) -> None:
    epoch = world.epoch
    world.advance(seconds=10)
    world.advance(epochs=2)
    assert world.now == world.schedule.start(epoch + 2)
    world.go_to_epoch(epoch + 5)
    assert world.epoch == epoch + 5


def test_expect_error_fails_on_the_wrong_code_and_on_success(world: World, market: Market) -> None:
    user = world.user(usdc="10")
    with pytest.raises(AssertionError, match="expected E_EPOCH, got E_MIN_DEPOSIT"), world.expect_error("E_EPOCH"):
        market.deposit(user, "1")
    with pytest.raises(AssertionError, match="nothing failed"), world.expect_error("E_EPOCH"):
        market.deposit(user, "10")


def test_edit(world: World, market: Market) -> None:
    before = market.pool()
    world.edit(InsurancePool, market.m.pool, available_balance=77)
    after = market.pool()
    assert after.available_balance == 77
    assert vars(after) == vars(before) | {"available_balance": 77}
    with pytest.raises(AssertionError, match="no"):
        world.edit(InsurancePool, market.m.pool, nonsense=1)


def test_compute_units(world: World) -> None:
    world.advance(seconds=1)
    sent = world.push_price()
    assert world.compute_units(sent.signature) == sent.units > 0
