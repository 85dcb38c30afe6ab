"""set_rate: the rate of each score, and the floor for open interest until then."""

from typing import Any

import pytest

from offchain.chain.events.generated.premium_manager import RateSet
from tests.model.premium.rate import formula
from tests.programs.premium_manager.lab import Lab
from tests.support.sent import Sent
from tests.support.world import World

USDC = 1_000_000
CALM = {
    "score": 0,
    "grade": 0,
    "utilization_bps": 0,
    "open_interest": 0,
    "reserve_bps": 200,
    "score_restricted": False,
}


def set_rate(lab: Lab, epoch: int, **changed: Any) -> Sent:
    return lab.send("set_rate", {"epoch": epoch} | CALM | changed, risk=lab.play("risk_authority").key)


@pytest.mark.parametrize(
    ("changed", "rate"),
    [
        ({}, 1_000),
        ({"score": 1}, 1_001),
        ({"score": 375_000}, 3_000),
        ({"score": 375_001}, 3_001),
        ({"score": 749_812}, 4_999),
        ({"score": 749_813}, 5_000),
        ({"score": 750_000}, 5_000),
        ({"score": 1_000_000}, 5_000),
        ({"utilization_bps": 8_500}, 1_000),
        ({"utilization_bps": 8_501}, 1_250),
        ({"score": 1, "utilization_bps": 1_000_000}, 1_252),
        ({"score": 750_000, "utilization_bps": 9_000}, 6_000),
        ({"score_restricted": True}, 6_000),
    ],
)
def test_the_first_rate_is_the_formulas(lab: Lab, changed: dict[str, Any], rate: int) -> None:
    lab.edit(has_rate=False, rate_bps=0)
    set_rate(lab, 100, **changed)
    premium = lab.market.premium()
    assert (premium.rate_bps, premium.has_rate, premium.floor_epoch) == (rate, True, 100)
    values = CALM | changed
    assert rate == formula(values["score"], values["utilization_bps"], values["score_restricted"])


def test_a_rise_at_once_and_a_fall_in_steps(lab: Lab) -> None:
    lab.edit(rate_bps=4_000)
    set_rate(lab, 100)
    assert lab.market.premium().rate_bps == 3_750
    set_rate(lab, 101, score=750_000)
    assert lab.market.premium().rate_bps == 5_000
    lab.edit(rate_bps=1_100)
    set_rate(lab, 102)
    assert lab.market.premium().rate_bps == 1_000


def test_the_floor_until_now_is_charged_with_the_old_values(lab: Lab) -> None:
    """4 epochs of 350 400 USDC at 7 % and grade C's 25 % a year: 6 132 USDC a year, 0.70 USDC in 4 epochs."""
    old = {"open_interest": 350_400 * USDC, "reserve_bps": 700, "grade": 2, "floor_epoch": 96}
    lab.edit(**old, balance=1_000_000, score=5)
    sent = set_rate(lab, 100, score=600_000, grade=3, utilization_bps=7, open_interest=9, reserve_bps=1200)
    premium = lab.market.premium()
    assert premium.balance == 300_000
    assert (premium.score, premium.grade, premium.utilization_bps) == (600_000, 3, 7)
    assert (premium.open_interest, premium.reserve_bps, premium.score_epoch) == (9, 1200, 100)
    event = sent.event(RateSet)
    assert (event.market_id, event.epoch) == (lab.market.id, 100)
    assert (event.balance_before, event.balance_after) == (1_000_000, 300_000)
    assert (event.rate_before, event.rate_after) == (3_134, premium.rate_bps)
    assert (event.score, event.grade, event.utilization_bps) == (600_000, 3, 7)
    assert (event.open_interest, event.reserve_bps, event.score_restricted) == (9, 1200, False)


def test_a_surplus_counts_for_a_week_at_most(lab: Lab) -> None:
    """A week of the same floor is 117.60 USDC."""
    old = {"open_interest": 350_400 * USDC, "reserve_bps": 700, "grade": 2, "floor_epoch": 100}
    lab.edit(**old, balance=10**12)
    set_rate(lab, 100)
    assert lab.market.premium().balance == 117_600_000


def test_the_floor_is_rounded_up(lab: Lab) -> None:
    lab.edit(open_interest=1, reserve_bps=200, grade=0, floor_epoch=99, balance=0)
    set_rate(lab, 100)
    premium = lab.market.premium()
    assert (premium.balance, premium.negative, premium.negative_since) == (-1, True, 100)


@pytest.mark.parametrize(("grade", "yearly"), list(enumerate((1_000, 1_500, 2_500, 4_000, 6_000))))
def test_each_grade_has_its_yearly_share(lab: Lab, grade: int, yearly: int) -> None:
    lab.edit(open_interest=10**12, reserve_bps=1000, grade=grade, floor_epoch=100, balance=0)
    set_rate(lab, 100 + 35_040)
    assert lab.market.premium().balance == -(10**11) * yearly // 10_000


def test_only_the_risk_engine(world: World, lab: Lab) -> None:
    for key in (world.admin.key, lab.play("pool_authority").key):
        with world.expect_error("E_AUTHORITY"):
            lab.send("set_rate", {"epoch": 100} | CALM, risk=key)


def test_compute_units(lab: Lab) -> None:
    # called by CPI in every score update, which has 60 k in all
    assert set_rate(lab, 100, score=600_000, utilization_bps=9_000, open_interest=10**12).units <= 12_000
