"""Worse grades apply at once, better ones after a day; a restriction lifts after four calm epochs."""

from dataclasses import dataclass, replace

from tests.model import parameters as P
from tests.model.score.grades import RESTRICTED, D


@dataclass(frozen=True)
class Standing:
    """A market's grade and the waits that lead out of it; `epoch` is that of the last score."""

    epoch: int = 0
    has_score: bool = False
    grade: int = 0
    restricted: bool = False
    better_since: int | None = None
    better_grade: int = 0
    below_since: int | None = None


def judge(standing: Standing, epoch: int, composite: int, raw: int) -> Standing:
    """The standing after the score of an epoch."""
    now = replace(standing, epoch=epoch, has_score=True)
    if standing.has_score and epoch > standing.epoch + P.STALE_EPOCHS:
        now = replace(now, better_since=None, below_since=None)
    if composite > P.SCORE_RESTRICT:
        return replace(now, restricted=True, grade=RESTRICTED, better_since=None, below_since=None)
    if not standing.has_score:
        return replace(now, grade=raw)
    return _restricted(now, composite, raw) if now.restricted else _improving(now, raw)


def _restricted(now: Standing, composite: int, raw: int) -> Standing:
    if composite >= P.SCORE_RELEASE:
        return replace(now, below_since=None)
    since = now.epoch if now.below_since is None else now.below_since
    if now.epoch < since + P.RELEASE_EPOCHS:
        return replace(now, below_since=since)
    return replace(now, restricted=False, grade=D, below_since=None, better_since=since, better_grade=raw)


def _improving(now: Standing, raw: int) -> Standing:
    if raw >= now.grade:
        return replace(now, grade=raw, better_since=None)
    if now.better_since is None:
        return replace(now, better_since=now.epoch, better_grade=raw)
    best = max(now.better_grade, raw)
    if now.epoch < now.better_since + P.BETTER_EPOCHS:
        return replace(now, better_grade=best)
    return replace(now, grade=best, better_since=None)
