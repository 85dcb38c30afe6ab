"""Keepers sleep through a crash: a position far beyond bankruptcy is closed by the pool's own authority."""

from offchain.chain.instructions import insurance_pool
from offchain.chain.units import atoms
from tests.stories.figures import assert_solvent, crash
from tests.support.market import Market
from tests.support.world import World


def test_a_position_beyond_the_extreme_is_resolved_by_anyone(world: World, market: Market) -> None:
    market.cover("100000")
    trader = market.trader("20000")
    nonce = market.open(trader, is_long=True, base="20", margin="10000")
    helper = world.user(name="a passer-by")
    resolve = insurance_pool.force_resolution(helper.key, market.id, trader.key, nonce, helper.token)
    crash(world, market, "7400")
    with world.expect_error("E_NOT_EXTREME"):
        world.send(resolve)
    crash(world, market, "6400")
    world.send(resolve)
    assert world.balance(helper) == atoms("5")
    assert market.perp().open_positions == 0
    assert market.perp().deficit_counter == atoms("10000")
    with world.expect_error("E_STATE"):
        world.send(resolve)
    market.report()
    market.release()
    record = market.record(1)
    assert (record.deficit_amount, record.payout_amount) == (atoms("10000"), atoms("10000"))
    assert_solvent(market)
