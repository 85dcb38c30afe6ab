"""Grades at the edges of their bounds, and the waits before a better one, epoch by epoch."""

from dataclasses import dataclass

import pytest

from offchain.chain.generated.risk_engine.accounts import MarketInputs, RiskScore, RiskWindow
from tests.programs.risk_engine.lab import Lab
from tests.support.world import World

YEAR = 35_040
DEPTH = 1_000_000
RESTRICTED = {"oi_long": DEPTH, "depth": DEPTH, "mean_leverage": 1_000_000}
AT_RELEASE = {"oi_long": DEPTH, "depth": DEPTH}
"""0.2 + 0.2 for windows that warm up, 0.25 for open interest: 650 000 exactly, grade D."""
BELOW_RELEASE = {"oi_long": DEPTH - 4, "depth": DEPTH}
"""649 999, grade C."""


@dataclass(frozen=True)
class Measured:
    """Factors that the windows are made to yield, and statistics for the other two."""

    volatility: int
    funding: int
    oi_long: int = 0
    mean_leverage: int = 0


@pytest.mark.parametrize(
    ("measured", "composite", "grade"),
    [
        (Measured(750_000, 749_995), 299_999, 0),
        (Measured(750_000, 750_000), 300_000, 1),
        (Measured(940_000, 940_000, 495_996), 499_999, 1),
        (Measured(940_000, 940_000, 496_000), 500_000, 2),
        (Measured(1_000_000, 1_000_000, 999_996), 649_999, 2),
        (Measured(1_000_000, 1_000_000, 1_000_000), 650_000, 3),
        (Measured(1_000_000, 1_000_000, 1_000_000, 292_856), 750_000, 3),
        (Measured(1_000_000, 1_000_000, 1_000_000, 292_857), 750_001, 4),
        (Measured(0, 949_999), 190_000, 0),
        (Measured(0, 950_000), 190_000, 2),
        (Measured(949_999, 0), 190_000, 0),
        (Measured(950_000, 0), 190_000, 2),
    ],
)
def test_the_first_grade_follows_the_bounds(
    world: World, lab: Lab, measured: Measured, composite: int, grade: int
) -> None:
    """A year of samples makes the deviation the root of the sum of squares; the update adds the last of them, 0."""
    deviation = measured.volatility * 2_000
    world.edit(
        RiskWindow,
        lab.market.m.window,
        updates=2_880,
        total_n=YEAR - 1,
        total_square=deviation**2,
        funding_count=90,
        funding_square=90 * measured.funding**2,
    )
    world.edit(RiskScore, lab.market.m.score, has_score=False)
    lab.score(oi_long=measured.oi_long, depth=DEPTH, mean_leverage=measured.mean_leverage)
    score = lab.market.score()
    assert (score.volatility_factor, score.funding_variance_factor) == (measured.volatility, measured.funding)
    assert (score.composite_score, score.grade) == (composite, grade)
    assert score.reasons == (1 if grade == 4 else 0)


def grades(lab: Lab, *epochs: dict[str, int]) -> list[int]:
    """The grade after each score of consecutive epochs, with windows that never get warm."""
    found = []
    for statistics in epochs:
        lab.market.world.edit(RiskWindow, lab.market.m.window, updates=0)
        lab.score(**statistics)
        found.append(lab.market.score().grade)
    return found


def test_a_restriction_lifts_after_four_epochs_below_the_release(lab: Lab) -> None:
    assert grades(lab, RESTRICTED, *[BELOW_RELEASE] * 5) == [4, 4, 4, 4, 4, 3]
    assert lab.market.score().reasons == 0


def test_at_the_release_bound_the_wait_starts_again(lab: Lab) -> None:
    path = [RESTRICTED, *[BELOW_RELEASE] * 4, AT_RELEASE, *[BELOW_RELEASE] * 5]
    assert grades(lab, *path) == [4] * 10 + [3]


def test_a_new_breach_starts_the_wait_again(lab: Lab) -> None:
    path = [RESTRICTED, *[BELOW_RELEASE] * 4, RESTRICTED, *[BELOW_RELEASE] * 5]
    assert grades(lab, *path) == [4] * 10 + [3]


@pytest.mark.parametrize(("pause", "expected"), [(2, [4, 3, 3]), (3, [4, 4, 4])])
def test_a_gap_in_the_scores_starts_the_wait_again(world: World, lab: Lab, pause: int, expected: list[int]) -> None:
    """Two scores below, the next one `pause` epochs later: from two missed epochs on the wait is a new one."""
    grades(lab, RESTRICTED, BELOW_RELEASE, BELOW_RELEASE)
    world.advance(epochs=pause - 1)
    assert grades(lab, *[BELOW_RELEASE] * 3) == expected


def test_a_released_market_waits_for_its_grade_since_it_calmed(lab: Lab) -> None:
    """The day counts from the first calm epoch; the worst grade seen in it is the one that comes."""
    assert grades(lab, RESTRICTED, *[BELOW_RELEASE] * 96)[-1] == 3
    assert grades(lab, BELOW_RELEASE) == [2]


def test_worse_at_once_better_after_a_day(lab: Lab) -> None:
    assert grades(lab, AT_RELEASE, *[BELOW_RELEASE] * 96)[-1] == 3
    assert grades(lab, BELOW_RELEASE) == [2]
    assert grades(lab, AT_RELEASE) == [3]


def test_a_relapse_starts_the_day_again(lab: Lab) -> None:
    assert grades(lab, AT_RELEASE, *[BELOW_RELEASE] * 96, AT_RELEASE, *[BELOW_RELEASE] * 96)[-1] == 3
    assert grades(lab, BELOW_RELEASE) == [2]


@pytest.mark.parametrize(("later", "grade"), [(3, 3), (2, 2)])
def test_a_gap_in_the_scores_starts_the_day_again(world: World, lab: Lab, later: int, grade: int) -> None:
    world.advance(epochs=200)
    grades(lab, AT_RELEASE, BELOW_RELEASE)
    world.edit(RiskScore, lab.market.m.score, better_since=world.epoch - 95, epoch=world.epoch + 1 - later)
    assert grades(lab, BELOW_RELEASE) == [grade]


def test_the_market_keeps_its_reason_from_score_to_score(world: World, lab: Lab) -> None:
    """Other reasons don't count as a breach of the score."""
    world.edit(MarketInputs, lab.market.m.inputs, exit=True)
    grades(lab, AT_RELEASE)
    assert lab.market.score().reasons == 8
    assert grades(lab, *[BELOW_RELEASE] * 5) == [3] * 5
