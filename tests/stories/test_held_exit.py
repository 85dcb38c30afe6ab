"""A provider asks for everything and never takes it: the market's restriction ends without them."""

from offchain.chain.events.generated.insurance_pool import WithdrawalExecuted
from offchain.chain.instructions import insurance_pool
from tests.stories.figures import assert_solvent
from tests.support.market import Market
from tests.support.world import World

NOTICE = 96


def test_anyone_ends_an_exit_that_a_provider_holds(world: World, market: Market) -> None:
    entry = world.epoch
    provider = market.cover("100000")
    trader = market.trader("20000")
    market.open(trader, is_long=True, base="10", margin="10000")
    world.crank_epoch()
    market.request(provider, entry)
    asked = world.epoch
    report = insurance_pool.report_reserve(world.keeper.key, market.id)
    world.go_to_epoch(asked + NOTICE + world.parameters.exit_after)
    world.send(insurance_pool.flag_exit(world.keeper.key, market.id, provider.key, entry), report)
    assert market.pool().exit

    passer = world.user(name="a passer-by")
    world.go_to_epoch(asked + NOTICE + world.parameters.force_after - 1)
    with world.expect_error("E_AUTHORITY"):
        market.withdraw(provider, entry, caller=passer)
    world.advance(epochs=1)
    steal = insurance_pool.execute_withdrawal(passer.key, market.id, provider.key, entry, passer.token, 0)
    with world.expect_error("E_RELATION"):
        world.send(steal)
    paid = market.withdraw(provider, entry, caller=passer).event(WithdrawalExecuted)
    assert (paid.actor, paid.provider) == (passer.key, provider.key)
    assert (world.balance(provider), world.balance(passer)) == (paid.net, 0)
    world.send(report)
    assert not market.pool().exit
    assert_solvent(market)
