"""Providers who wait too long: the market is restricted, then they are paid by whoever passes."""

import pytest

from offchain.chain.events.generated.insurance_pool import ExitFlagged, WithdrawalExecuted
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from tests.support.duties import carry_out, due, the_job
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World


@pytest.fixture
def provider(world: World, market: Market) -> User:
    """A provider of 150 000 USDC with an open request for all of it."""
    user = market.cover("150000")
    market.request(user, market.entries[user.key])
    return user


def notice_over(world: World, market: Market, epochs: int) -> None:
    """So many epochs after the notice of a request made now."""
    world.go_to_epoch(world.epoch + market.config().notice_epochs + epochs)


def test_nobody_executes_for_the_provider_before_the_forced_date(world: World, market: Market, provider: User) -> None:
    notice_over(world, market, world.parameters.force_after - 1)
    assert due("withdrawals", market) == []


def test_from_the_forced_date_on_the_keeper_pays_the_provider(world: World, market: Market, provider: User) -> None:
    notice_over(world, market, world.parameters.force_after)
    sent = carry_out(market, the_job("withdrawals", market))
    sent.event(WithdrawalExecuted)
    assert world.balance(provider) > 149_000 * 10**6
    assert due("withdrawals", market) == []


def test_a_provider_who_closed_the_token_account_gets_a_new_one(world: World, market: Market, provider: User) -> None:
    world.local.set_account(provider.token, None)
    notice_over(world, market, world.parameters.force_after)
    job = the_job("withdrawals", market)
    carry_out(market, job)
    assert world.balance(provider) > 149_000 * 10**6


def test_a_market_that_cannot_pay_is_flagged_once(world: World, market: Market, provider: User) -> None:
    world.edit(InsurancePool, market.m.pool, required_reserve=150_000 * 10**6)
    notice_over(world, market, world.parameters.exit_after - 1)
    assert due("withdrawals", market) == []
    world.advance(epochs=1)
    carry_out(market, the_job("withdrawals", market)).event(ExitFlagged)
    assert market.pool().exit and market.inputs().exit
    assert due("withdrawals", market) == []


def test_a_flag_that_the_next_report_would_lift_is_not_set(world: World, market: Market, provider: User) -> None:
    notice_over(world, market, world.parameters.exit_after)
    assert due("withdrawals", market) == []


def test_an_empty_pool_and_an_old_generation_owe_nothing(world: World, market: Market, provider: User) -> None:
    notice_over(world, market, world.parameters.force_after)
    world.edit(InsurancePool, market.m.pool, generation=market.pool().generation + 1)
    assert due("withdrawals", market) == []
