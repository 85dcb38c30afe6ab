"""A claim is reported and left lying; providers come and go at the right price, and a stranger releases it later."""

from offchain.chain.events.generated.insolvency_handler import DeficitReported
from offchain.chain.instructions import demo_market, insurance_pool
from offchain.chain.units import atoms
from tests.stories.figures import assert_solvent, crash, worth
from tests.support.market import Market
from tests.support.world import World


def test_a_payout_waits_for_a_stranger(world: World, market: Market) -> None:
    provider = market.cover("100000")
    entry = world.epoch
    first, second = market.trader("20000"), market.trader("20000")
    nonces = [market.open(trader, is_long=True, base="20", margin="10000") for trader in (first, second)]
    crash(world, market, "6400")
    market.liquidate(first, nonces[0])
    market.report().event(DeficitReported)
    assert market.pool().reserved == atoms("9995")
    # The loss is booked already: shares are worth less from now on, and the vault still holds the payout.
    assert worth(market, market.position_of(provider, entry).shares) < atoms("90001")
    assert world.balance(market.m.pool_vault) == atoms("100000")
    assert_solvent(market)

    # A second deficit is counted and waits: while a payout is reserved a report changes nothing.
    market.liquidate(second, nonces[1])
    before = market.pool()
    waiting = world.send(demo_market.report(world.keeper.key, market.id, 1))
    waiting.none(DeficitReported)
    assert vars(market.pool()) == vars(before)
    world.crank_epoch()
    newcomer = world.user(usdc="1000")
    market.deposit(newcomer, "1000")

    stranger = world.user(name="a stranger")
    house = market.perp().house
    world.send(insurance_pool.release_funds(stranger.key, market.id, 1))
    record = market.record(1)
    assert (record.state, record.net_paid) == (2, atoms("9995"))
    assert market.perp().house - house == atoms("9995")
    with world.expect_error("E_STATE"):
        world.send(insurance_pool.release_funds(stranger.key, market.id, 1))

    market.report()
    market.release(stranger)
    assert market.record(2).payout_amount == atoms("10000")
    assert market.registry().settled == market.perp().deficit_counter == atoms("20000")
    assert_solvent(market)
