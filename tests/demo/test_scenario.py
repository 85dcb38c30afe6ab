"""The plans: sized by rule from the first price, and nothing else."""

import inspect

import pytest

from offchain.demo.scenario import DAY, LOCK, ONE_X, MarketPlan, calm_market, coin_value, stormy_market

PRICE = 7_932_950_000


def plans(price: int) -> tuple[MarketPlan, MarketPlan]:
    return stormy_market(price), calm_market(price)


def test_a_plan_follows_from_the_first_price_alone() -> None:
    assert list(inspect.signature(stormy_market).parameters) == ["first_price"]
    assert list(inspect.signature(calm_market).parameters) == ["first_price"]
    assert plans(PRICE) == plans(PRICE)


def test_amounts_are_whole_coins_at_the_first_price() -> None:
    plan = stormy_market(PRICE)
    assert plan.coin_value == 7_932_000_000
    assert plan.deposit(plan.lps[0]) == 18 * 7_932_000_000
    assert stormy_market(2 * PRICE).deposit(plan.lps[0]) == 18 * 15_865_000_000


def test_a_coin_is_worth_at_least_one_usdc() -> None:
    assert coin_value(1) == 1_000_000


@pytest.mark.parametrize("plan", plans(PRICE), ids=["A", "B"])
def test_every_plan_can_be_played(plan: MarketPlan) -> None:
    names = [trader.name for trader in plan.traders] + [lp.name for lp in plan.lps]
    assert len(set(names)) == len(names)
    assert len(plan.lps) >= 3
    assert len({lp.deposit_epoch for lp in plan.lps}) == len(plan.lps)
    assert {trader.is_long for trader in plan.traders} == {True, False}
    assert all(2 * ONE_X <= trader.leverage <= plan.max_leverage for trader in plan.traders)
    assert all(plan.purse(trader) * trader.leverage // ONE_X > plan.purse(trader) for trader in plan.traders)
    early = [lp for lp in plan.lps if lp.request_epoch is not None and lp.request_epoch < lp.deposit_epoch + LOCK]
    late = [lp for lp in plan.lps if lp.request_epoch is not None and lp.request_epoch >= lp.deposit_epoch + LOCK]
    assert early
    assert late
    assert all((lp.request_epoch or 0) + DAY < 10 * DAY for lp in plan.lps)
