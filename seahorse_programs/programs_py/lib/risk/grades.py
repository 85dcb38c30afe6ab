# From the composite score to a grade: bounds, the overlay for single dangers, and the waits before a better grade.
from seahorse.prelude import *
from lib.generated.params import BETTER_EPOCHS, REASON_SCORE, RELEASE_EPOCHS, STALE_EPOCHS
from lib.generated.params import SCORE_RELEASE, SCORE_RESTRICT
from lib.generated.params import LEVERAGE_CAP_A, LEVERAGE_CAP_B, LEVERAGE_CAP_C, LEVERAGE_CAP_D, LEVERAGE_CAP_RESTRICTED
from lib.generated.params import RESERVE_BPS_A, RESERVE_BPS_B, RESERVE_BPS_C, RESERVE_BPS_D, RESERVE_BPS_RESTRICTED
from lib.risk.accounts import RiskScore

A_BELOW = 300_000
B_BELOW = 500_000
C_BELOW = 650_000
# A single danger: a factor, a ratio to depth in bps, a mean leverage.
FACTOR_DANGER = 950_000
RATIO_DANGER = 7_000
LEVERAGE_DANGER = 200_000


def reserve_bps(grade: u8) -> u64:
    if grade == 0:
        return RESERVE_BPS_A
    if grade == 1:
        return RESERVE_BPS_B
    if grade == 2:
        return RESERVE_BPS_C
    if grade == 3:
        return RESERVE_BPS_D
    return RESERVE_BPS_RESTRICTED


def leverage_cap(grade: u8) -> u64:
    if grade == 0:
        return LEVERAGE_CAP_A
    if grade == 1:
        return LEVERAGE_CAP_B
    if grade == 2:
        return LEVERAGE_CAP_C
    if grade == 3:
        return LEVERAGE_CAP_D
    return LEVERAGE_CAP_RESTRICTED


def grade_of(composite: u64) -> u8:
    if composite < A_BELOW:
        return 0
    if composite < B_BELOW:
        return 1
    if composite < C_BELOW:
        return 2
    if composite <= SCORE_RESTRICT:
        return 3
    return 4


# A single danger that allows no grade better than C.
def overlay(score: RiskScore) -> bool:
    worst = max(score.leverage_factor, score.oi_ratio_factor)
    worst = max(worst, max(score.volatility_factor, score.funding_variance_factor))
    geared = score.mean_leverage > LEVERAGE_DANGER and score.open_interest > 0
    return worst >= FACTOR_DANGER or score.oi_ratio_bps > RATIO_DANGER or geared


def raw_grade(score: RiskScore) -> u8:
    grade = grade_of(score.composite_score)
    if overlay(score):
        return max(grade, 2)
    return grade


# A restriction lifts, to grade D, after RELEASE_EPOCHS below the release bound.
def settle_restricted(score: RiskScore, raw: u8, epoch: u64) -> bool:
    if score.composite_score >= SCORE_RELEASE:
        score.below_waiting = False
        return True
    if not score.below_waiting:
        score.below_waiting = True
        score.below_since = epoch
    if epoch < score.below_since + RELEASE_EPOCHS:
        return True
    score.below_waiting = False
    score.grade = 3
    score.better_waiting = True
    score.better_since = score.below_since
    score.better_grade = raw
    return False


# A worse grade applies at once, a better one when it has lasted BETTER_EPOCHS.
def settle_free(score: RiskScore, raw: u8, epoch: u64):
    if raw >= score.grade:
        score.grade = raw
        score.better_waiting = False
    elif not score.better_waiting:
        score.better_waiting = True
        score.better_since = epoch
        score.better_grade = raw
    else:
        score.better_grade = max(score.better_grade, raw)
        if epoch >= score.better_since + BETTER_EPOCHS:
            score.grade = score.better_grade
            score.better_waiting = False


# Sets the grade of a measured score for an epoch; returns whether the score itself restricts the market.
def settle_grade(score: RiskScore, epoch: u64) -> bool:
    raw = raw_grade(score)
    was_restricted = (score.reasons & REASON_SCORE) > 0
    if epoch > score.epoch + STALE_EPOCHS:
        score.below_waiting = False
        score.better_waiting = False
    restricted = False
    if score.composite_score > SCORE_RESTRICT:
        restricted = True
        score.grade = 4
        score.below_waiting = False
        score.better_waiting = False
    elif was_restricted:
        restricted = settle_restricted(score, raw, epoch)
    elif score.has_score:
        settle_free(score, raw, epoch)
    else:
        score.grade = raw
    return restricted
