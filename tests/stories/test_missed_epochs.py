"""Nobody cranks for ten epochs: the market restricts itself, and one call of each duty catches up."""

from offchain.chain.events.generated.premium_manager import PremiumsRouted
from offchain.chain.instructions import premium_manager
from offchain.chain.units import atoms
from tests.stories.figures import assert_solvent
from tests.support.market import Market
from tests.support.world import World

MISSED = 10
YEAR = 35_040


def floor_due(market: Market, epochs: int) -> int:
    """The premium floor of so many epochs at the premium account's present terms, rounded up."""
    premium = market.premium()
    yearly = (1000, 1500, 2500, 4000, 6000)[premium.grade]
    return -(-premium.open_interest * premium.reserve_bps * yearly * epochs // (10**8 * YEAR))


def test_ten_missed_epochs_in_one_call(world: World, market: Market) -> None:
    market.cover("200000")
    trader = market.trader("50000")
    market.open(trader, is_long=True, base="20", margin="20000")
    world.crank_epochs(2)
    cranked = world.epoch
    balance, due = market.premium().balance, floor_due(market, MISSED)
    assert market.premium().open_interest == 20 * 8000 * 10**6
    assert due > 0

    # The market notices by itself: a score three epochs old is a restriction.
    world.go_to_epoch(cranked + 3)
    world.push_price()
    market.sync()
    assert market.perp().reasons == world.parameters.reason_stale
    other = market.trader("50000")
    with world.expect_error("E_RESTRICTED"):
        market.open(other, is_long=True, base="1", margin="1000")

    world.go_to_epoch(cranked + MISSED)
    world.push_price()
    market.crank(route=False)
    assert market.score().epoch == cranked + MISSED
    assert market.perp().reasons == 0
    routed = world.send(premium_manager.route_premiums(world.keeper.key, market.id, world.keeper.token))
    routed.event(PremiumsRouted)
    assert market.premium().route_epoch == cranked + MISSED
    assert market.premium().balance == balance - due
    with world.expect_error("E_EARLY"):
        world.send(premium_manager.route_premiums(world.keeper.key, market.id, world.keeper.token))
    market.open(other, is_long=True, base="1", margin="1000")
    assert market.perp().margins == atoms("21000")
    assert_solvent(market)
