"""Arrears flags, announced terms and terms that were left unpushed."""

from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.chain.generated.risk_engine.accounts import MarketConfig
from offchain.chain.instructions import risk_engine
from tests.support.duties import carry_out, due, the_job
from tests.support.market import Market
from tests.support.world import World


def test_arrears_are_flagged_when_they_are_old_enough_and_lifted_when_paid(world: World, market: Market) -> None:
    limit = world.parameters.arrears_epochs
    since = world.epoch
    world.edit(PremiumAccount, market.m.premium, balance=-5_000_000, negative=True, negative_since=since)
    world.go_to_epoch(since + limit - 1)
    assert due("settlement", market) == []
    world.go_to_epoch(since + limit)
    carry_out(market, the_job("settlement", market))
    assert market.inputs().arrears
    assert due("settlement", market) == []
    world.edit(PremiumAccount, market.m.premium, balance=0, negative=False, negative_since=0)
    carry_out(market, the_job("settlement", market))
    assert not market.inputs().arrears


def test_announced_terms_become_valid_and_reach_the_pool(world: World, market: Market) -> None:
    lock = market.config().lock_epochs + 96
    world.send(risk_engine.announce_change(world.admin.key, market.id, lock, market.config().notice_epochs, 500_000))
    assert due("settlement", market) == []
    world.go_to_epoch(market.config().next_epoch)
    carry_out(market, the_job("settlement", market))
    assert (market.config().change_pending, market.config().lock_epochs) == (False, lock)
    assert market.pool().lock_epochs == lock
    assert due("settlement", market) == []


def test_terms_left_unpushed_are_pushed(world: World, market: Market) -> None:
    world.edit(MarketConfig, market.m.config, terms_pushed=5)
    carry_out(market, the_job("settlement", market))
    assert market.config().terms_pushed == 7
