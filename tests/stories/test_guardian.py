"""The guardian stops deposits and registrations: for 72 hours, and not again for 30 days."""

from offchain.chain import recipes
from offchain.chain.instructions import insurance_pool, risk_engine
from offchain.chain.units import atoms
from tests.stories.figures import assert_solvent, crash
from tests.support.market import Market
from tests.support.world import World

HOURS = 3600
DAYS = 24 * HOURS


def test_a_stop_of_deposits_lapses(world: World, market: Market) -> None:
    provider = market.cover("100000")
    entry = world.epoch
    trader = market.trader("20000")
    nonce = market.open(trader, is_long=True, base="20", margin="10000")
    late = world.user(usdc="1000")
    with world.expect_error("E_GUARDIAN"):
        world.send(insurance_pool.stop_deposits(world.admin.key))
    stopped = world.now
    world.send(insurance_pool.stop_deposits(world.guardian.key))
    with world.expect_error("E_PAUSED"):
        market.deposit(late, "1000")
    # Everything else goes on: requests, trades, claims.
    market.request(provider, entry, shares=atoms("10000"))
    crash(world, market, "6400")
    market.claim(trader, nonce)
    assert market.record(1).payout_amount == atoms("10000")

    world.local.warp_to(stopped + 72 * HOURS - 1)
    with world.expect_error("E_PAUSED"):
        market.deposit(late, "1000")
    world.advance(seconds=1)
    world.crank_epoch(advance=False)
    market.deposit(late, "1000")
    with world.expect_error("E_EARLY"):
        world.send(insurance_pool.stop_deposits(world.guardian.key))
    world.local.warp_to(stopped + 30 * DAYS)
    world.send(insurance_pool.stop_deposits(world.guardian.key))
    assert_solvent(market)


def test_a_stop_of_registrations_lapses(world: World) -> None:
    creator = world.user(name="a stopped creator")
    groups = recipes.open_market(
        creator.key, 0, world.mint, world.feed, recipes.default_design(depth=atoms("10000000"))
    )
    stopped = world.now
    world.send(risk_engine.stop_registrations(world.guardian.key))
    world.send(*groups[0])
    with world.expect_error("E_PAUSED"):
        world.send(*groups[1])
    world.local.warp_to(stopped + 72 * HOURS)
    world.push_price()
    for group in groups[1:]:
        world.send(*group)
    assert world.adopt(creator, 0, recipes.default_design(depth=atoms("10000000"))).config().active
    with world.expect_error("E_EARLY"):
        world.send(risk_engine.stop_registrations(world.guardian.key))
