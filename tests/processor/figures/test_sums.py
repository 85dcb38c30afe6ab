"""Losses, premium adequacy and keepers' profit: rounding, bounds of a period, and what has none."""

from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

import pytest

from offchain.processor.figures.keepers import Earned, Spent, keeper_profit
from offchain.processor.figures.losses import Claim, losses
from offchain.processor.figures.premiums import Paid, Rating, floor_due, premium_adequacy
from tests.processor.conftest import PARAMETERS

CLAIM = Claim(time=500, deficit=1_000, payout=900, first_loss=100, premium=300, capital=500, uncovered=100, offset=40)


def test_losses_count_a_period_from_after_its_beginning_to_its_end() -> None:
    paid = [replace(CLAIM, time=time) for time in (100, 101, 200, 201)]
    found = losses(paid, 1_720, 1, 100, 200)
    assert (found.claims, found.losses, found.capital_lost, found.uncovered) == (2, 1_800, 1_000, 200)
    assert found.losses == found.first_loss + found.premium_lost + found.capital_lost
    assert (found.premium, found.loss_ratio_bps) == (1_800, 10_000)


def test_a_loss_ratio_is_rounded_up_and_needs_a_premium() -> None:
    assert losses([CLAIM], 660, None, 0, 1_000).loss_ratio_bps == ceil(Fraction(900 * 10_000, 700))
    assert losses([replace(CLAIM, offset=0)], 0, None, 0, 1_000).loss_ratio_bps is None
    assert losses([], 5, None, 0, 1_000).loss_ratio_bps == 0


def test_the_floor_is_that_of_each_score_while_it_stood() -> None:
    ratings = [Rating(5, 0, 10**12, 200), Rating(100, 3, 10**12, 1_200), Rating(150, 4, 2 * 10**12, 2_000)]
    found = floor_due(ratings, 10, 160, PARAMETERS)
    yearly = PARAMETERS.floor_bps
    wanted = sum(
        ceil(Fraction(rating.open_interest * rating.reserve_bps * yearly[rating.grade] * epochs, 10**8 * 35_040))
        for rating, epochs in zip(ratings, (90, 50, 10), strict=True)
    )
    assert found == wanted > 0
    assert floor_due(ratings, 10, 100, PARAMETERS) < floor_due(ratings, 10, 101, PARAMETERS) < found
    assert floor_due([], 10, 160, PARAMETERS) == 0


@pytest.mark.parametrize("premium", [0, 1, 999_999_999])
def test_adequacy_is_rounded_down(premium: int) -> None:
    ratings = [Rating(0, 2, 10**12, 700)]
    found = premium_adequacy(ratings, Paid(10**9, premium, 7), 1, (0, 86_400), (0, 96), PARAMETERS)
    assert found.due > 0
    assert found.adequacy_bps == floor(Fraction((premium + 7) * 10_000, found.due))
    nothing = premium_adequacy([], Paid(0, premium, 7), 1, (0, 86_400), (0, 96), PARAMETERS)
    assert (nothing.due, nothing.adequacy_bps) == (0, None)


def test_a_keeper_pays_in_sol_and_earns_in_usdc() -> None:
    found = keeper_profit(Spent(3, 1, 15_000, 2_454_921), Earned(10, 20, 30), 150_000_000, 7, (1, 2))
    assert found.cost == ceil(Fraction(2_454_921 * 150_000_000, 10**9))
    assert found.profit == 60 - found.cost < 0
    assert found.earned_total == 60
    # Rent that came back is no income: it was spent before.
    assert keeper_profit(Spent(1, 0, 5_000, -9), Earned(0, 0, 0), 150_000_000, 7, (1, 2)).cost == 0
