"""What a score means, and what it would take to get another grade."""

from offchain import words
from offchain.api.schemas.risk import FactorNeeded, GradeChange
from offchain.chain.units import format_bps, format_factor, format_leverage
from offchain.settings.parameters import Parameters
from offchain.verify.replay.risk.standing import (
    BOUNDS,
    EXTREME_FACTOR,
    FLAGGED_LEVERAGE,
    FLAGGED_RATIO,
    RESTRICTED,
    WEIGHTS,
    D,
)
from offchain.verify.replay.risk.window import FACTOR_ONE

Parts = tuple[int, int, int, int]
"""Leverage, open interest, volatility and funding variance, 1e6 = 1.0."""
NAMES = ("leverage", "open_interest", "volatility", "funding_variance")
_PERCENT = 100


def plain_grade(score: int) -> int:
    """The grade of the score alone, 0 A .. 3 D; restriction is another rule."""
    return next((grade for bound, grade in BOUNDS if score < bound), D)


def flagged(parts: Parts, open_interest: int, ratio_bps: int, mean_leverage: int) -> list[str]:
    """Why the overlay allows no grade better than C; empty: it does not apply."""
    causes = [
        f"the factor {name.replace('_', ' ')} is {format_factor(part)}, at {format_factor(EXTREME_FACTOR)} or above"
        for name, part in zip(NAMES, parts, strict=True)
        if part >= EXTREME_FACTOR
    ]
    if ratio_bps > FLAGGED_RATIO:
        causes.append(f"open interest is {format_bps(ratio_bps)} of depth, above {format_bps(FLAGGED_RATIO)}")
    if open_interest and mean_leverage > FLAGGED_LEVERAGE:
        causes.append(f"mean leverage is {format_leverage(mean_leverage)}, above {format_leverage(FLAGGED_LEVERAGE)}")
    return causes


def grade_changes(score: int, parts: Parts, parameters: Parameters) -> list[GradeChange]:
    """The next better and the next worse grade of the score."""
    bounds = [bound for bound, _ in BOUNDS]
    steps = [*bounds, parameters.score_restrict + 1]
    """Scores from which the next grade holds."""
    grade = RESTRICTED if score > parameters.score_restrict else plain_grade(score)
    found = []
    if grade > 0:
        top = (parameters.score_release if grade == RESTRICTED else steps[grade - 1]) - 1
        found.append(_better(grade - 1, top, parts, parameters, grade == RESTRICTED))
    if grade < RESTRICTED:
        found.append(_worse(grade + 1, steps[grade], parts))
    return found


def _better(grade: int, score: int, parts: Parts, parameters: Parameters, released: bool) -> GradeChange:
    epochs = parameters.release_epochs if released else parameters.better_epochs
    return GradeChange(
        grade=words.grade(grade),
        better=True,
        score=score,
        factors=[_needed(at, parts, score, True) for at in range(len(parts))],
        words=f"grade {words.grade(grade)} holds after {words.number(epochs, 'epoch')} of scores "
        f"of at most {format_factor(score)}, unless the overlay applies",
    )


def _worse(grade: int, score: int, parts: Parts) -> GradeChange:
    return GradeChange(
        grade=words.grade(grade),
        better=False,
        score=score,
        factors=[_needed(at, parts, score, False) for at in range(len(parts))],
        words=f"a score of {format_factor(score)} or more makes it {words.grade(grade)} at once",
    )


def _needed(at: int, parts: Parts, score: int, better: bool) -> FactorNeeded:
    """The composite is the weighted sum by 100, rounded up; solved for one factor."""
    others = sum(
        weight * part for number, (weight, part) in enumerate(zip(WEIGHTS, parts, strict=True)) if number != at
    )
    if better:
        value = (_PERCENT * score - others) // WEIGHTS[at]
    else:
        value = (_PERCENT * (score - 1) - others) // WEIGHTS[at] + 1
    return FactorNeeded(name=NAMES[at], value=value if 0 <= value <= FACTOR_ONE else None)
