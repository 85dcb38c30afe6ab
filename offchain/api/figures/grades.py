"""What a score means, and what it would take to get another grade."""

from dataclasses import dataclass
from typing import get_args

from offchain import words
from offchain.api.schemas.kinds import FactorName
from offchain.api.schemas.risk import FactorNeeded, GradeChange
from offchain.chain.units import format_bps, format_factor, format_leverage
from offchain.settings.parameters import Parameters
from offchain.verify.replay.risk.standing import (
    BOUNDS,
    EXTREME_FACTOR,
    FLAGGED_LEVERAGE,
    FLAGGED_RATIO,
    WEIGHTS,
    C,
    D,
)
from offchain.verify.replay.risk.window import FACTOR_ONE

Parts = tuple[int, int, int, int]
"""Leverage, open interest, volatility and funding variance, 1e6 = 1.0."""
NAMES: tuple[FactorName, ...] = get_args(FactorName)
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


@dataclass(frozen=True, slots=True)
class Held:
    """How a market stands."""

    grade: int
    """The grade that holds, 0 A .. 4 Restricted."""
    restricted: bool
    """By its score."""
    parts: Parts
    flagged: bool
    """The overlay applies."""


def grade_changes(held: Held, parameters: Parameters) -> list[GradeChange]:
    """What makes the grade that holds one better, and one worse."""
    steps = [*(bound for bound, _ in BOUNDS), parameters.score_restrict + 1]
    """Scores from which the next worse grade holds."""
    found = []
    if held.restricted:
        found.append(_better(held, D, parameters.score_release - 1, parameters.release_epochs))
    elif held.grade > 0:
        found.append(_better(held, held.grade - 1, steps[held.grade - 1] - 1, parameters.better_epochs))
    if not held.restricted:
        found.append(_worse(held, held.grade + 1, steps[held.grade]))
    return found


def _better(held: Held, grade: int, score: int, epochs: int) -> GradeChange:
    blocked = held.flagged and grade < C
    overlay = ", once the overlay has ended" if blocked else ""
    return GradeChange(
        grade=words.grade(grade),
        better=True,
        score=score,
        factors=[_at_most(at, held.parts, score, grade < C) for at in range(len(held.parts))],
        words=f"grade {words.grade(grade)} holds after {words.number(epochs, 'epoch')} "
        f"of scores of at most {format_factor(score)}{overlay}",
    )


def _worse(held: Held, grade: int, score: int) -> GradeChange:
    return GradeChange(
        grade=words.grade(grade),
        better=False,
        score=score,
        factors=[_at_least(at, held.parts, score) for at in range(len(held.parts))],
        words=f"a score of {format_factor(score)} or more makes it {words.grade(grade)} at once",
    )


def _others(at: int, parts: Parts) -> int:
    """The composite is the weighted sum by 100, rounded up: what the other factors add to that sum."""
    return sum(weight * part for number, (weight, part) in enumerate(zip(WEIGHTS, parts, strict=True)) if number != at)


def _at_most(at: int, parts: Parts, score: int, below_extreme: bool) -> FactorNeeded:
    value = (_PERCENT * score - _others(at, parts)) // WEIGHTS[at]
    top = EXTREME_FACTOR - 1 if below_extreme else FACTOR_ONE
    return FactorNeeded(name=NAMES[at], value=min(value, top) if value >= 0 else None)


def _at_least(at: int, parts: Parts, score: int) -> FactorNeeded:
    value = (_PERCENT * (score - 1) - _others(at, parts)) // WEIGHTS[at] + 1
    return FactorNeeded(name=NAMES[at], value=max(0, value) if value <= FACTOR_ONE else None)
