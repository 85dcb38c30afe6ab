"""push_statistics: the market's means reach the risk engine."""

from offchain.chain import recipes
from offchain.chain.events.generated.demo_market import StatisticsPushed
from offchain.chain.instructions import demo_market
from tests.support.forging import swap
from tests.support.market import Market
from tests.support.world import World


def test_the_means_of_the_last_epoch_are_pushed(world: World, market: Market) -> None:
    market.cover("200000")
    world.crank_epoch()
    trader = market.trader("100000")
    market.open(trader, True, "2", "10000")
    world.advance(epochs=2)
    world.push_price()
    sent = world.send(demo_market.push_statistics(world.keeper.key, market.id))
    event, inputs, perp = sent.event(StatisticsPushed), market.inputs(), market.perp()
    assert (event.mean_epoch, event.mean_long, event.mean_short) == (world.epoch - 1, 16_000_000_000, 0)
    assert (inputs.stats_epoch, inputs.open_interest_long) == (event.mean_epoch, event.mean_long)
    assert inputs.open_interest_short == 0
    assert (inputs.open_interest_now, inputs.mean_leverage) == (16_000_000_000, perp.mean_leverage)
    assert (inputs.depth, inputs.cum_funding) == (perp.depth, perp.cum_funding)
    assert perp.cum_funding > 0


def test_repeating_it_changes_nothing(world: World, market: Market) -> None:
    world.advance(epochs=1)
    world.send(demo_market.push_statistics(world.keeper.key, market.id))
    before = market.inputs(), market.perp()
    world.send(demo_market.push_statistics(world.keeper.key, market.id), payer=world.creator)
    assert (market.inputs(), market.perp()) == before


def test_nothing_is_pushed_before_an_epoch_has_ended(world: World) -> None:
    # A market that was never synchronised has no calendar: its zeros are no measurement.
    groups = recipes.open_market(world.creator.key, 3, world.mint, world.feed, recipes.default_design(depth=10**12))
    for group in groups:
        world.send(*group)
    market = world.at.market_id(world.creator.key, 3)
    with world.expect_error("E_EARLY"):
        world.send(demo_market.push_statistics(world.keeper.key, market))


def test_a_forged_risk_engine_is_not_called(world: World, market: Market) -> None:
    good = demo_market.push_statistics(world.keeper.key, market.id)
    with world.expect_error("E_PROGRAM"):
        world.send(swap(good, world.at.risk_engine, world.at.insurance_pool))


def test_push_statistics_compute_units(world: World, market: Market) -> None:
    world.advance(epochs=3)
    # One fingerprint (up to 15 k on an unlucky address), one call, the closing of past epochs.
    assert world.send(demo_market.push_statistics(world.keeper.key, market.id)).units <= 35_000
