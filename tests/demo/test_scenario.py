"""The plans: sized by rule from the first price, and nothing else."""

import inspect

import pytest

from offchain.demo.scenario import DAY, LOCK, ONE_X, MarketPlan, calm_market, lot_of, stormy_market

PRICE = 7_932_950_000


def plans(price: int) -> tuple[MarketPlan, MarketPlan]:
    return stormy_market(price), calm_market(price)


def test_a_plan_follows_from_the_first_price_alone() -> None:
    assert list(inspect.signature(stormy_market).parameters) == ["first_price"]
    assert list(inspect.signature(calm_market).parameters) == ["first_price"]
    assert plans(PRICE) == plans(PRICE)


def test_amounts_are_whole_lots_at_the_first_price() -> None:
    plan = stormy_market(PRICE)
    assert (plan.lot_size, plan.lot_value) == (1_000_000, 7_932_000_000)
    assert plan.deposit(plan.lps[0]) == 18 * 7_932_000_000
    assert stormy_market(2 * PRICE).deposit(plan.lps[0]) == 18 * 15_865_000_000
    small, large = plan.traders[0], plan.traders[-1]
    assert (plan.base_size(small), plan.base_size(large)) == (500_000, 20_000_000)
    assert plan.purse(small) == 3_966_000_000


@pytest.mark.parametrize(
    ("price", "size", "value"),
    [
        (7_932_950_000, 1_000_000, 7_932_000_000),
        (60_123_450_000, 100_000, 6_012_000_000),
        (2_130, 10_000_000_000_000, 21_300_000_000),
        (1, 10**16, 10_000_000_000),
        (10**15, 10, 10_000_000_000),
    ],
)
def test_a_lot_is_worth_5_000_to_50_000_usdc_whatever_the_coin(price: int, size: int, value: int) -> None:
    assert lot_of(price) == (size, value)


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
