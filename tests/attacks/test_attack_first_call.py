"""A zero that means "never" must not read as "long ago", "free" or "already done"."""

import pytest
from solders.pubkey import Pubkey

from offchain.chain import recipes
from offchain.chain.events.generated.insolvency_handler import NoClaim
from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.instructions import demo_market, insolvency_handler, insurance_pool, premium_manager, risk_engine
from tests.support.market import NO_LIMIT, Market
from tests.support.world import World


@pytest.fixture
def unsynced(world: World) -> Pubkey:
    """A live market that was never synchronised."""
    design = recipes.default_design(depth=10**12)
    for group in recipes.open_market(world.creator.key, 5, world.mint, world.feed, design):
        world.send(*group)
    return world.at.market_id(world.creator.key, 5)


def test_attack_no_trade_before_the_first_sync(world: World, unsynced: Pubkey) -> None:
    trader = world.user(usdc="10000")
    world.send(demo_market.open_trader(trader.key, unsynced))
    opening = demo_market.open_position(
        trader.key, unsynced, nonce=1, source=trader.token, is_long=True, size=1, margin=10**8, limit_price=NO_LIMIT
    )
    with world.expect_error("E_SYNC_STALE"):
        world.send(opening)


def test_attack_no_opening_without_a_score(world: World) -> None:
    # Synchronised, with cover, and never scored: "no score" is stale, not perfect.
    market = world.open_market(index=6)
    market.cover("50000")
    assert not market.score().has_score
    trader = market.trader("10000")
    with world.expect_error("E_RESTRICTED"):
        market.open(trader, True, "1", "1000")


def test_attack_no_opening_without_a_reserve_report(world: World) -> None:
    # Never reported: no cover, not unlimited cover.
    market = world.open_market(index=6)
    world.advance(epochs=1)
    world.push_price()
    world.send(demo_market.push_statistics(world.keeper.key, market.id))
    world.send(risk_engine.update_score(world.keeper.key, market.id, world.feed))
    market.sync()
    assert market.perp().oi_cap == 0
    trader = market.trader("10000")
    with world.expect_error("E_OI_CAP"):
        market.open(trader, True, "1", "1000")


def test_attack_no_statistics_and_no_score_before_an_epoch_has_ended(world: World, unsynced: Pubkey) -> None:
    with world.expect_error("E_EARLY"):
        world.send(demo_market.push_statistics(world.keeper.key, unsynced))
    with world.expect_error("E_STATISTICS"):
        world.send(risk_engine.update_score(world.keeper.key, unsynced, world.feed))


def test_attack_the_first_sync_starts_at_zero_not_at_genesis(world: World, unsynced: Pubkey) -> None:
    # Integrals over "time since 0" would be enormous: the first sync only sets the clock.
    world.send(risk_engine.sync_market(world.keeper.key, unsynced, world.feed))
    perp = world.read(PerpMarket, unsynced)
    assert (perp.acc_long, perp.acc_short, perp.cum_funding) == (0, 0, 0)
    assert perp.acc_time == world.now


def test_attack_fees_of_an_unrated_market_are_not_settled_at_rate_zero(world: World) -> None:
    market = world.open_market(index=6)
    assert not market.premium().has_rate
    world.edit(PerpMarket, market.id, fees_due=1_000)
    world.set_balance(market.m.fee_vault, 1_000)
    with world.expect_error("E_STATE"):
        world.send(demo_market.settle_fees(world.keeper.key, market.id))


def test_attack_a_first_report_without_a_deficit_pays_nothing(world: World, market: Market) -> None:
    market.cover("50000")
    before = market.pool().available_balance
    sent = market.report()
    assert sent.event(NoClaim)
    assert market.pool().available_balance == before
    with world.expect_error("E_STATE"):
        market.release()


def test_attack_no_fee_of_a_claim_that_never_was(world: World, market: Market) -> None:
    # A blank record's executor is the zero key and its state 0: nobody collects on it.
    keeper = world.keeper
    world.send(insolvency_handler.open_claim(keeper.key, market.id, 1))
    with world.expect_error("E_AUTHORITY"):
        world.send(insolvency_handler.collect_claim_fee(keeper.key, market.id, 1, keeper.token))


def test_attack_a_withdrawal_without_a_request(world: World, market: Market) -> None:
    provider = market.cover("50000")
    entry = world.epoch
    world.advance(epochs=3000)
    with world.expect_error("E_REQUEST"):
        world.send(insurance_pool.execute_withdrawal(provider.key, market.id, provider.key, entry, provider.token, 0))


def test_attack_premiums_are_not_routed_twice_in_an_epoch(world: World, market: Market) -> None:
    world.crank_epoch()
    with world.expect_error("E_EARLY"):
        world.send(premium_manager.route_premiums(world.keeper.key, market.id, world.keeper.token), payer=world.creator)
