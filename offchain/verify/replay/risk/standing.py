"""From factors to score, grade and restriction, with their waits."""

from dataclasses import dataclass

from offchain.settings.parameters import Parameters
from offchain.verify.replay.arithmetic import BPS, up
from offchain.verify.replay.risk.window import FACTOR_ONE

A, B, C, D, RESTRICTED = range(5)
BOUNDS = ((300_000, A), (500_000, B), (650_000, C))
EXTREME_FACTOR = 950_000
FLAGGED_RATIO = 7_000
FLAGGED_LEVERAGE = 20 * BPS
RATIO_MAX = 10**9
WEIGHTS = (35, 25, 20, 20)


@dataclass(slots=True)
class Standing:
    """A market's grade and the waits that lead out of it."""

    epoch: int | None = None
    grade: int = C
    restricted: bool = False
    better_since: int | None = None
    better_grade: int = A
    below_since: int | None = None


def factors(mean_leverage: int, interest: int, depth: int, volatility: int, funding: int) -> tuple[int, int, int, int]:
    """Leverage, open interest, volatility and funding, each 0..1e6."""
    if interest == 0:
        return 0, 0, volatility, funding
    leverage = min(FACTOR_ONE, up(max(0, mean_leverage - BPS), FACTOR_ONE, 99 * BPS))
    open_interest = min(FACTOR_ONE, up(interest, FACTOR_ONE, depth)) if depth else FACTOR_ONE
    return leverage, open_interest, volatility, funding


def composite(parts: tuple[int, int, int, int]) -> int:
    """The weighted score, rounded up."""
    return up(sum(weight * part for weight, part in zip(WEIGHTS, parts, strict=True)), 1, 100)


def raw_grade(score: int, parts: tuple[int, int, int, int], interest: int, depth: int, mean_leverage: int) -> int:
    """The grade of the score; no better than C where one input alone is extreme."""
    plain = next((grade for bound, grade in BOUNDS if score < bound), D)
    ratio = 0
    if interest:
        ratio = min(RATIO_MAX, up(interest, BPS, depth)) if depth else RATIO_MAX
    flagged = max(parts) >= EXTREME_FACTOR or ratio > FLAGGED_RATIO or (interest and mean_leverage > FLAGGED_LEVERAGE)
    return max(plain, C) if flagged else plain


def judge(standing: Standing, epoch: int, score: int, raw: int, parameters: Parameters) -> None:
    """The standing after the score of an epoch."""
    first = standing.epoch is None
    if standing.epoch is not None and epoch > standing.epoch + parameters.stale_epochs:
        standing.better_since = standing.below_since = None
    standing.epoch = epoch
    if score > parameters.score_restrict:
        standing.restricted, standing.grade = True, RESTRICTED
        standing.better_since = standing.below_since = None
    elif first:
        standing.grade = raw
    elif standing.restricted:
        _calm_down(standing, epoch, score, raw, parameters)
    else:
        _improve(standing, epoch, raw, parameters)


def _calm_down(standing: Standing, epoch: int, score: int, raw: int, parameters: Parameters) -> None:
    if score >= parameters.score_release:
        standing.below_since = None
        return
    since = epoch if standing.below_since is None else standing.below_since
    standing.below_since = since
    if epoch >= since + parameters.release_epochs:
        standing.restricted, standing.grade, standing.below_since = False, D, None
        standing.better_since, standing.better_grade = since, raw


def _improve(standing: Standing, epoch: int, raw: int, parameters: Parameters) -> None:
    if raw >= standing.grade:
        standing.grade, standing.better_since = raw, None
    elif standing.better_since is None:
        standing.better_since, standing.better_grade = epoch, raw
    else:
        standing.better_grade = max(standing.better_grade, raw)
        if epoch >= standing.better_since + parameters.better_epochs:
            standing.grade, standing.better_since = standing.better_grade, None
