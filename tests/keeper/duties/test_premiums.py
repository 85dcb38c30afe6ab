"""Fees, offsets and premiums on their way to the pool, and the bounty for it."""

import pytest

from offchain.chain.events.generated.demo_market import FeesSettled, FeesSwept
from offchain.chain.events.generated.insurance_pool import OffsetReported
from offchain.chain.events.generated.premium_manager import PremiumsRouted
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from tests.support.duties import carry_out, due, the_job
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World


@pytest.fixture
def trader(market: Market) -> User:
    """Somebody who has paid trading fees."""
    market.cover("150000")
    user = market.trader("60000")
    market.open(user, is_long=True, base="40", margin="20000")
    return user


def score(world: World, market: Market) -> None:
    """The epoch's score, by somebody."""
    world.advance(epochs=1)
    world.push_price()
    carry_out(market, the_job("score", market))


def test_one_transaction_settles_sweeps_and_routes_for_a_bounty(world: World, market: Market, trader: User) -> None:
    score(world, market)
    stranger = world.user(name="stranger at the escrow")
    sent = carry_out(market, the_job("premiums", market, stranger), stranger)
    sent.event(FeesSettled)
    sent.event(FeesSwept)
    assert world.balance(stranger) == sent.event(PremiumsRouted).bounty == 100_000
    assert market.perp().fees_due == market.premium().escrow_ledger == world.balance(market.m.fee_vault) == 0
    assert due("premiums", market) == []


def test_the_bounty_waits_for_the_score(world: World, market: Market, trader: User) -> None:
    world.advance(epochs=1)
    world.push_price()
    assert due("premiums", market) == []
    carry_out(market, the_job("score", market))
    assert len(due("premiums", market)) == 1


def test_premiums_are_routed_without_a_bounty_when_no_score_comes(world: World, market: Market, trader: User) -> None:
    world.advance(epochs=3)
    sent = carry_out(market, the_job("premiums", market))
    assert sent.event(PremiumsRouted).bounty == 0
    assert sent.event(PremiumsRouted).routed > 0


def test_nothing_is_due_without_fees(world: World, market: Market) -> None:
    score(world, market)
    assert due("premiums", market) == []


def test_an_offset_is_reported(world: World, market: Market) -> None:
    score(world, market)
    world.edit(InsurancePool, market.m.pool, total_offset=5)
    sent = carry_out(market, the_job("premiums", market))
    sent.event(OffsetReported)
    assert market.premium().acknowledged_offset == 5


def test_the_pool_is_told_of_arrears_although_there_is_no_premium(world: World, market: Market) -> None:
    for _ in range(4):
        score(world, market)
    world.edit(PremiumAccount, market.m.premium, balance=-1_000_000, negative=True, negative_since=world.epoch)
    world.edit(InsurancePool, market.m.pool, last_update_epoch=world.epoch - 3)
    assert due("premiums", market) == []
    world.edit(InsurancePool, market.m.pool, last_update_epoch=world.epoch - 4)
    carry_out(market, the_job("premiums", market))
    assert market.pool().arrears == 1_000_000
    assert due("premiums", market) == []
