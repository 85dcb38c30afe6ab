"""Worlds with their whole history, and a story of what the other stories leave out."""

from offchain.chain.addresses import PROGRAMS
from offchain.chain.instructions import admin, demo_market, premium_manager
from tests.stories.figures import crash
from tests.support.market import Market
from tests.support.world import World

GOVERNED = PROGRAMS[:4]


def lived() -> World:
    """As `World.fresh`, with the transactions that made it."""
    world = World.bare()
    world.configure()
    world.push_price()
    market = world.open_market(index=0)
    market.fund_house("2000000")
    market.fund_insurance("5000")
    world.crank_epoch()
    return world


def hand_over(world: World) -> None:
    """Each protocol program gets another admin, who names another guardian."""
    heir, guardian = world.user(name="heir"), world.user(name="next guardian")
    for program in GOVERNED:
        world.send(admin.propose_admin(program, world.admin.key, heir.key))
        world.send(admin.accept_admin(program, heir.key))
        world.send(admin.set_guardian(program, heir.key, guardian.key))


def doubtful_prices(world: World, market: Market) -> None:
    """A step too large, another one, and the confirmation; each as the market sees it."""
    for usd, seconds in (("8010", 10), ("12000", 25), ("12010", 5), ("16000", 60), ("16010", 60), ("16020", 10)):
        world.advance(seconds=seconds)
        world.push_price(usd, conf="1.5")
        market.sync()


def leave_doubtful(world: World, market: Market) -> None:
    """A step that nothing confirms."""
    world.advance(seconds=70)
    world.push_price("11000", conf="2")
    market.sync()


def owe_for_a_week(world: World, market: Market) -> None:
    """Open interest, and no premium for longer than the risk engine tolerates."""
    market.cover("100000")
    trader = market.trader("50000")
    market.open(trader, True, "40", "40000")
    world.crank_epochs(3)
    keeper = world.keeper.key
    world.advance(epochs=world.parameters.arrears_epochs + 2)
    world.send(premium_manager.report_arrears(keeper, market.id))


def end_a_generation_of_profits(world: World, market: Market) -> None:
    """A profit is still vesting when a loss beyond fund and insurance takes it whole; then the trader comes again."""
    market.cover("100000")
    winner, loser = market.trader("10000"), market.trader("20000")
    won = market.open(winner, False, "1", "3000")
    lost = market.open(loser, True, "10", "10000")
    crash(world, market, "7400")
    market.close(winner, won)
    assert market.perp().unvested_units > 0
    for usd in ("6000", "5000"):
        crash(world, market, usd)
    market.liquidate(loser, lost)
    assert market.perp().profit_generation == 1
    world.send(demo_market.vest_profit(world.keeper.key, market.id, winner.key))
    assert market.trader_account(winner).generation == 1
