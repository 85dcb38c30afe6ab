"""The integer series against fifty digits."""

import random
from decimal import Decimal

import pytest

from tests.model.logarithm import ln_exact, ln_ratio


@pytest.mark.parametrize(
    ("price", "before", "expected"),
    [(100, 100, 0), (200, 100, 693_147_180), (101, 100, 9_950_330), (99, 100, -10_050_334)],
)
def test_known_values(price: int, before: int, expected: int) -> None:
    assert abs(ln_ratio(price, before) - expected) <= 10


def test_it_is_odd() -> None:
    assert ln_ratio(7, 5) == -ln_ratio(5, 7)


def test_a_step_of_two_needs_no_halving_and_one_above_needs_one() -> None:
    assert ln_ratio(2_000_001, 1_000_000) - ln_ratio(2_000_000, 1_000_000) in range(490, 520)


def worst_error(low: int, high: int) -> Decimal:
    """Largest error of the series over random ratios between two bounds, in 1/10 000."""
    source, worst = random.Random(1), Decimal(0)
    for _ in range(4_000):
        before = source.randint(10**6, 10**14)
        price = before * source.randint(low, high) // 10_000
        error = abs(Decimal(ln_ratio(price, before)) / 10**9 - ln_exact(price, before))
        worst = max(worst, error)
    return worst


def test_up_to_the_step_bound_the_error_is_below_1e_8() -> None:
    assert worst_error(8_000, 12_500) < Decimal("1e-8")


def test_up_to_a_doubling_the_error_is_below_2e_8() -> None:
    assert Decimal("1e-8") < worst_error(5_000, 20_000) < Decimal("2e-8")


def test_extreme_ratios_add_only_the_rounding_of_ln_2() -> None:
    for price, before in ((10**15, 1), (1, 10**15), (10**15, 7)):
        assert abs(Decimal(ln_ratio(price, before)) / 10**9 - ln_exact(price, before)) < Decimal("5e-8")
