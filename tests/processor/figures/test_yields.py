"""Yields, against high-precision decimals and by their bounds."""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import floor

import pytest

from offchain.processor.figures.periods import DAY
from offchain.processor.figures.yields import APY_MAX, SharePoint, compounded, integer_root, pool_yield

NOW = 1_700_000_000
LONG_AGO = NOW - 100 * DAY


def point(assets: int, shares: int = 1_000_000_000, generation: int = 0) -> SharePoint:
    return SharePoint(NOW, generation, shares, assets, shares)


@pytest.mark.parametrize("days", [1, 7, 30])
@pytest.mark.parametrize(
    "assets", [1_000_000_000, 1_000_000_001, 1_000_391_233, 1_017_000_003, 999_999_999, 430_111_113]
)
def test_rates_are_exact_and_rounded_down(days: int, assets: int) -> None:
    found = pool_yield(point(1_000_000_000), point(assets), LONG_AGO, days, NOW)
    grown = Fraction(assets, 1_000_000_000)
    assert found.return_e6 == floor((grown - 1) * 10**6)
    assert found.apr_e6 == floor((grown - 1) * 10**6 * 365 / days)
    with localcontext(prec=60):
        exact = Decimal(assets) / Decimal(1_000_000_000)
        yearly = exact ** (Decimal(365) / Decimal(days))
        assert found.apy_e6 == int(((yearly - 1) * 10**6).to_integral_value(rounding="ROUND_FLOOR"))
    assert (found.from_time, found.to_time) == (NOW - days * DAY, NOW)


def test_nobody_gains_and_everybody_loses_where_a_generation_ended() -> None:
    found = pool_yield(point(1_000_000_000), point(1_000_000_000, generation=1), LONG_AGO, 7, NOW)
    assert (found.return_e6, found.apy_e6) == (-1_000_000, -1_000_000)
    assert (found.start_price, found.end_price) == (10**9, 10**9)


@pytest.mark.parametrize("since", [NOW - 7 * DAY + 1, NOW, None])
def test_a_period_without_enough_history_has_no_yield(since: int | None) -> None:
    found = pool_yield(point(1_000_000_000), point(1_100_000_000), since, 7, NOW)
    assert (found.from_time, found.return_e6, found.apr_e6, found.apy_e6) == (None, None, None, None)
    assert (found.days, found.history_from, found.to_time) == (7, since, NOW)


def test_a_period_is_known_from_the_second_in_which_it_is_complete() -> None:
    found = pool_yield(point(1_000_000_000), point(1_100_000_000), NOW - 7 * DAY, 7, NOW)
    assert found.return_e6 == 100_000


def test_a_deposit_moves_no_yield_but_a_price_does() -> None:
    before = pool_yield(point(1_050, 1_000), point(1_100, 1_000), LONG_AGO, 30, NOW)
    after = pool_yield(point(1_050, 1_000), point(1_100_000, 1_000_000), LONG_AGO, 30, NOW)
    moved = pool_yield(point(1_050, 1_000), point(1_100_001, 1_000_000), LONG_AGO, 30, NOW)
    assert before.apy_e6 == after.apy_e6
    assert moved.apy_e6 != after.apy_e6 and moved.return_e6 is not None and after.return_e6 is not None
    assert moved.return_e6 >= after.return_e6


def test_an_absurd_rate_is_capped() -> None:
    assert compounded(3, 1, 1) == APY_MAX


@pytest.mark.parametrize("degree", [1, 2, 6, 7, 30])
def test_integer_roots(degree: int) -> None:
    for number in [0, 1, 2, 63, 64, 65, 10**18 - 1, 10**18, 12345678901234567890**7]:
        root = integer_root(number, degree)
        assert root**degree <= number < (root + 1) ** degree
