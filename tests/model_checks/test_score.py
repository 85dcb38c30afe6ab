"""Factors, grades, hysteresis, reserve and caps on numbers worked by hand."""

from dataclasses import replace

import pytest

from tests.model.funding.history import FundingHistory, funding_variance_factor, take_funding
from tests.model.refusals import Refused
from tests.model.score.factors import Factors, composite, leverage_factor, oi_ratio_bps, oi_ratio_factor
from tests.model.score.grades import RESTRICTED, A, B, C, D, overlaid, plain_grade, raw_grade
from tests.model.score.hysteresis import Standing, judge
from tests.model.score.sync import sync
from tests.model.score.update import Reserve, Risk, Statistics, required_reserve, update_score

ONE = 1_000_000


def test_leverage_runs_from_1x_to_100x() -> None:
    assert leverage_factor(10_000, 1) == 0
    assert leverage_factor(5_000, 1) == 0
    assert leverage_factor(505_000, 1) == 500_000
    assert leverage_factor(1_000_000, 1) == ONE
    assert leverage_factor(200_000, 1) == 191_920
    assert leverage_factor(200_000, 0) == 0


def test_open_interest_against_depth() -> None:
    assert (oi_ratio_bps(0, 0), oi_ratio_factor(0, 0)) == (0, 0)
    assert (oi_ratio_bps(1, 0), oi_ratio_factor(1, 0)) == (10**9, ONE)
    assert (oi_ratio_bps(1, 3), oi_ratio_factor(1, 3)) == (3_334, 333_334)
    assert (oi_ratio_bps(7, 1), oi_ratio_factor(7, 1)) == (70_000, ONE)


def test_twenty_times_leverage_alone_does_not_restrict() -> None:
    """0.35 * 0.191920 + 0.65 = 0.717172: below 0.75, and the overlay holds it at C at best, here D."""
    score = composite(Factors(leverage_factor(200_000, 1), ONE, ONE, ONE))
    assert score == 717_172
    assert plain_grade(score) == D


def test_restriction_needs_about_29_times() -> None:
    others = (ONE, ONE, ONE)
    assert composite(Factors(leverage_factor(292_000, 1), *others)) <= 750_000
    assert composite(Factors(leverage_factor(293_000, 1), *others)) > 750_000


def test_grades_at_their_bounds() -> None:
    scores = (299_999, 300_000, 499_999, 500_000, 649_999, 650_000, 750_000, 750_001)
    assert [plain_grade(score) for score in scores] == [A, B, B, C, C, D, D, RESTRICTED]


def test_overlay() -> None:
    calm = Factors(0, 0, 0, 0)
    assert not overlaid(calm, 7_000, 200_000, 1)
    assert overlaid(calm, 7_001, 0, 1)
    assert overlaid(calm, 0, 200_001, 1)
    assert overlaid(replace(calm, volatility=950_000), 0, 0, 1)
    assert raw_grade(0, True) == C
    assert raw_grade(700_000, True) == D


def test_worse_at_once_better_after_a_day() -> None:
    first = judge(Standing(), 10, 100_000, A)
    assert first.grade == A
    worse = judge(first, 11, 600_000, C)
    assert worse.grade == C
    waiting = worse
    for epoch in range(12, 108):
        waiting = judge(waiting, epoch, 100_000, A if epoch != 50 else B)
        assert waiting.grade == C
    assert judge(waiting, 108, 100_000, A).grade == B


def test_a_gap_restarts_the_wait() -> None:
    worse = judge(judge(Standing(), 1, 600_000, C), 2, 100_000, A)
    assert worse.better_since == 2
    assert judge(worse, 5, 100_000, A).better_since == 5
    assert judge(worse, 4, 100_000, A).better_since == 2


def test_restriction_lifts_after_four_epochs_below() -> None:
    state = judge(Standing(), 1, 750_001, RESTRICTED)
    assert state.restricted and state.grade == RESTRICTED
    state = judge(state, 2, 649_999, C)
    state = judge(state, 3, 650_000, D)
    assert state.below_since is None
    for epoch in (4, 5, 6, 7):
        state = judge(state, epoch, 200_000, A)
        assert state.restricted and state.grade == RESTRICTED
    state = judge(state, 8, 400_000, B)
    assert not state.restricted and state.grade == D
    assert (state.better_since, state.better_grade) == (4, B)


def test_between_release_and_restriction_nothing_changes() -> None:
    assert not judge(judge(Standing(), 1, 700_000, D), 2, 750_000, D).restricted


def test_reserve_rounds_up() -> None:
    assert required_reserve(10_001, A) == 201
    assert [required_reserve(ONE, grade) for grade in range(5)] == [20_000, 40_000, 70_000, 120_000, 200_000]


def test_funding_needs_nine_rates_and_missed_windows_share() -> None:
    history = take_funding(FundingHistory(), 0, 0)
    history = take_funding(history, 8_000_000, 32 * 8)
    assert history.rates == (1_000_000,) * 8
    assert funding_variance_factor(history) == ONE
    assert funding_variance_factor(take_funding(history, 9_000_000, 32 * 9)) == 0


def test_a_funding_rate_is_bounded() -> None:
    history = take_funding(take_funding(FundingHistory(), 0, 0), -(10**12), 32)
    assert history.rates == (-2_000_000_000,)


def test_funding_deviation_of_a_tenth_of_a_per_cent_is_one() -> None:
    """Rates +-0.05 % alternate: deviation 0.05 % = 500 000 of 1e9, factor 0.5."""
    history = take_funding(FundingHistory(), 0, 0)
    total = 0
    for window in range(1, 11):
        total += 500_000 if window % 2 else -500_000
        history = take_funding(history, total, 32 * window)
    assert history.rates[:2] == (500_000, -500_000)
    assert funding_variance_factor(history) == 500_000


def test_a_whole_update_of_a_new_market() -> None:
    """Volatility and funding are 1 at first: 0.35 * 0.090910 + 0.25 * 0.5 + 0.4 = 0.556818.5, up."""
    statistics = Statistics(9, 500_000, 300_000, 100_000, 1_000_000, 0)
    risk = update_score(Risk(), 10, statistics, (5_000, 10), Reserve(10, 1_000_000, 0, 4_000))
    assert risk.factors == Factors(90_910, 500_000, ONE, ONE)
    assert risk.composite == 556_819
    assert risk.standing.grade == C and risk.provisional
    assert risk.required_reserve == 35_000
    assert risk.utilization_bps == 4_000


def test_update_refusals_and_stale_report() -> None:
    statistics = Statistics(9, 0, 0, 0, 0, 0)
    risk = update_score(Risk(), 10, statistics, None, Reserve(7, 1, 0, 4_000))
    assert risk.utilization_bps == 1_000_000
    with pytest.raises(Refused, match="E_EARLY"):
        update_score(risk, 10, statistics, None, None)
    with pytest.raises(Refused, match="E_STATISTICS"):
        update_score(risk, 11, statistics, None, None)


def test_sync_caps_and_reasons() -> None:
    risk = Risk(standing=Standing(epoch=10, has_score=True, grade=C))
    caps = sync(risk, 12, 1_000_000, Reserve(12, 100_000, 30_000, 0, exit=True), arrears=True, engine_active=False)
    assert caps.reasons == 4 + 8 + 16
    assert caps.leverage_cap == 200_000
    assert caps.oi_cap == 850_000
    late = sync(risk, 13, 50_000, Reserve(10, 100_000, 0, 0))
    assert (late.reasons, late.leverage_cap, late.oi_cap) == (2, 50_000, 0)
    assert sync(Risk(), 0, 1_000_000, None).reasons == 2
