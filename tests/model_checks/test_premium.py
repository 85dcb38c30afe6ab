"""Rate, floor, arrears and routing, worked by hand."""

from dataclasses import replace

import pytest

from tests.model.premium.account import (
    Premium,
    accrue,
    apply_offset,
    arrears,
    collect_fees,
    due,
    in_arrears,
    pay_arrears,
    route,
    set_rate,
)
from tests.model.premium.rate import formula, next_rate
from tests.model.refusals import Refused

USDC = 1_000_000


def rated(epoch: int = 0, open_interest: int = 1_000_000 * USDC, grade: int = 2, reserve_bps: int = 700) -> Premium:
    return set_rate(Premium(), epoch, 375_000, grade, 0, open_interest, reserve_bps, False)


def test_rate_at_its_corners() -> None:
    assert formula(0, 0, False) == 1_000
    assert formula(375_000, 0, False) == 3_000
    assert formula(375_001, 0, False) == 3_001
    assert formula(750_000, 8_500, False) == 5_000
    assert formula(750_000, 8_501, False) == 6_000
    assert formula(300_000, 8_501, False) == 3_250
    assert formula(0, 0, True) == 6_000


def test_rate_rises_at_once_and_falls_slowly() -> None:
    assert next_rate(None, 750_000, 0, False) == 5_000
    assert next_rate(1_000, 750_000, 0, False) == 5_000
    assert next_rate(5_000, 0, 0, False) == 4_750
    assert next_rate(1_100, 0, 0, False) == 1_000


def test_floor_is_a_quarter_of_the_reserve_a_year_at_grade_c() -> None:
    """1 000 000 USDC * 7 % * 25 % = 17 500 USDC a year; an epoch is 0.499429 USDC, up."""
    assert due(rated(), 35_040) == 17_500 * USDC
    assert due(rated(), 1) == 499_430
    assert due(rated(), 672) == 335_616_439


def test_arrears_restrict_after_a_week_without_a_break() -> None:
    premium = accrue(rated(), 1)
    assert arrears(premium) == 499_430 and premium.negative_since == 1
    assert not in_arrears(accrue(premium, 672), 672)
    assert in_arrears(accrue(premium, 673), 673)
    paid = pay_arrears(premium, 499_430, 1)
    assert paid.balance == 0 and paid.negative_since is None and paid.escrow == 499_430
    with pytest.raises(Refused, match="E_AMOUNT"):
        pay_arrears(premium, 499_431, 1)


def test_credit_is_kept_for_a_week_at_most() -> None:
    rich = replace(rated(), balance=10**12)
    assert accrue(rich, 1).balance == 335_616_439
    assert accrue(replace(rich, open_interest=0), 1).balance == 0


def test_fees_are_refused_before_the_first_rate_and_shared_up() -> None:
    with pytest.raises(Refused, match="E_STATE"):
        collect_fees(Premium(), 100)
    assert collect_fees(rated(), 101).escrow == 31


def test_routing_pays_one_bounty_an_epoch_with_the_score_present() -> None:
    premium = replace(rated(5), escrow=1_000_000)
    after, routed = route(premium, 5)
    assert (routed.to_pool, routed.bounty, after.escrow) == (990_000, 10_000, 0)
    with pytest.raises(Refused, match="E_EARLY"):
        route(after, 5)
    late, routed = route(replace(after, escrow=1_000_000), 6)
    assert (routed.to_pool, routed.bounty) == (1_000_000, 0)
    assert late.total_routed == 1_990_000
    _, big = route(replace(rated(5), escrow=10**9), 5)
    assert big.bounty == 100_000


def test_offsets_count_as_premium_once() -> None:
    owing = accrue(rated(), 100)
    told = apply_offset(owing, 1_000)
    assert told.balance == owing.balance + 1_000
    assert apply_offset(told, 1_000) == told
