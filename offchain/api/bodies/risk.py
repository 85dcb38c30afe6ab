"""Risk as documents."""

from typing import Any

from sqlalchemy import select

from offchain import words
from offchain.api.bodies.restriction import reason_names, sentences
from offchain.api.figures.grades import Held, Parts, flagged, grade_changes, plain_grade
from offchain.api.pages import page_after
from offchain.api.reading import View
from offchain.api.rows import MarketRows, load_market, require_market
from offchain.api.schemas.kinds import FactorName, FactorUnit
from offchain.api.schemas.risk import (
    Factor,
    GradeRule,
    Overlay,
    RiskDetail,
    ScoreHistoryPage,
    ScorePoint,
    Wait,
)
from offchain.chain.restriction import reasons_now
from offchain.chain.units import BPS
from offchain.database.prepared import Prepared, equal
from offchain.database.tables.score_history import ScoreHistory
from offchain.verify.replay.risk.standing import BOUNDS, WEIGHTS, D

_FULL_LEVERAGE = 100 * BPS
_FULL_VOLATILITY = 2 * 10**9
_FULL_FUNDING = 10**6
"""Raw values at which factors are 1.0: docs/spec.md, update_score."""
_SCORES: Any = ScoreHistory.__table__  # type: ignore[attr-defined]
_EVERY = select(_SCORES)
_LAST = Prepared(
    _EVERY.where(equal(_SCORES.c.market_id, "market_id"))
    .order_by(_SCORES.c.slot.desc(), _SCORES.c.position.desc(), _SCORES.c.number.desc())
    .limit(1)
)


def detail(view: View, market_id: str) -> RiskDetail:
    """The last score of one market; Problem 404 where it is not registered."""
    rows = load_market(view, market_id)
    score, parameters = rows.score, view.context.parameters
    last = view.first(_LAST, market_id=market_id)
    parts: Parts = (
        score.leverage_factor,
        score.oi_ratio_factor,
        score.volatility_factor,
        score.funding_variance_factor,
    )
    scored = score.has_score
    causes = flagged(parts, score.open_interest, score.oi_ratio_bps, score.mean_leverage) if scored else []
    plain = plain_grade(score.composite_score)
    held = Held(rows.config.grade, bool(score.reasons & parameters.reason_score), parts, bool(causes))
    bits = reasons_now(score, rows.inputs, rows.engine, view.epoch, parameters)
    return RiskDetail(
        as_of_slot=view.slot,
        market_id=market_id,
        score=score.composite_score if scored else None,
        grade=words.grade(rows.config.grade),
        plain_grade=words.grade(plain) if scored else None,
        raw_grade=words.grade(last.raw_grade) if last is not None else None,
        provisional=score.provisional,
        epoch=score.epoch if scored else None,
        updated_at=score.last_updated_at if scored else None,
        factors=_factors(view, score, last) if scored else [],
        overlay=Overlay(active=bool(causes), causes=causes),
        better=_better(view, score),
        release=_release(view, score),
        changes=grade_changes(held, parameters) if scored else [],
        restricted=bits != 0,
        reasons=reason_names(view, bits),
        restriction=sentences(view, rows),
        open_interest=str(score.open_interest),
        depth=str(rows.inputs.depth),
        required_reserve=str(score.required_reserve),
        reserve_bps=rows.config.min_reserve_ratio,
        leverage_cap=min(rows.config.max_leverage, parameters.leverage_cap[rows.config.grade]),
        premium_rate_bps=rows.premium.rate_bps,
        utilisation_bps=_counted_utilisation(view, rows),
        grades=grade_rules(view),
    )


def history(view: View, market_id: str, limit: int, cursor: str | None) -> ScoreHistoryPage:
    """Scores of a market, newest first."""
    require_market(view, market_id)
    found = page_after(view, _EVERY, {"market_id": market_id}, limit, cursor, f"scores {market_id}")
    return ScoreHistoryPage(as_of_slot=view.slot, items=[_point(view, row) for row in found.rows], next=found.next)


def grade_rules(view: View) -> list[GradeRule]:
    """What each grade means."""
    parameters = view.context.parameters
    bounds = [bound for bound, _ in BOUNDS]
    below: list[int | None] = [*bounds, parameters.score_restrict + 1, None]
    return [
        GradeRule(
            grade=words.grade(number),
            score_below=below[number],
            reserve_bps=parameters.reserve_bps[number],
            floor_bps=parameters.floor_bps[number],
            leverage_cap=parameters.leverage_cap[number],
        )
        for number in range(len(parameters.reserve_bps))
    ]


def _factors(view: View, score: Any, last: Any | None) -> list[Factor]:
    parameters = view.context.parameters
    told: list[tuple[FactorName, str, int, int | None, FactorUnit, int, int | None, int | None]] = [
        (
            "leverage",
            "mean leverage",
            score.leverage_factor,
            score.mean_leverage,
            "leverage",
            _FULL_LEVERAGE,
            None,
            None,
        ),
        (
            "open_interest",
            "open interest against depth",
            score.oi_ratio_factor,
            score.oi_ratio_bps,
            "bps",
            BPS,
            None,
            None,
        ),
        (
            "volatility",
            "volatility of 30 days, annualised",
            score.volatility_factor,
            last.volatility if last is not None else None,
            "nano",
            _FULL_VOLATILITY,
            score.samples,
            parameters.warmup_updates,
        ),
        (
            "funding_variance",
            "deviation of the 8-hour funding rate",
            score.funding_variance_factor,
            last.funding_deviation if last is not None else None,
            "nano",
            _FULL_FUNDING,
            score.funding_samples,
            parameters.warmup_funding,
        ),
    ]
    return [
        Factor(
            name=name,
            title=title,
            weight=weight,
            value=value,
            contribution=weight * value // 100,
            raw=None if raw is None else str(raw),
            raw_unit=unit,
            full_at=str(full),
            measured=needed is None or (samples or 0) >= needed,
            samples=samples,
            samples_needed=needed,
        )
        for weight, (name, title, value, raw, unit, full, samples, needed) in zip(WEIGHTS, told, strict=True)
    ]


def _better(view: View, score: Any) -> Wait | None:
    if not score.better_waiting:
        return None
    until = score.better_since + view.context.parameters.better_epochs
    return Wait(
        since=score.better_since,
        grade=words.grade(score.better_grade),
        until=until,
        at=view.schedule.start(until),
    )


def _release(view: View, score: Any) -> Wait | None:
    if not score.below_waiting:
        return None
    until = score.below_since + view.context.parameters.release_epochs
    return Wait(since=score.below_since, grade=words.grade(D), until=until, at=view.schedule.start(until))


def _counted_utilisation(view: View, rows: MarketRows) -> int:
    inputs, parameters = rows.inputs, view.context.parameters
    if not inputs.has_reserve or inputs.reserve_epoch + parameters.stale_epochs < view.epoch:
        return parameters.util_max_bps
    return int(inputs.utilization_bps)


def _point(view: View, row: Any) -> ScorePoint:
    return ScorePoint(
        signature=row.signature,
        number=row.number,
        slot=row.slot,
        time=row.block_time,
        epoch=row.epoch,
        keeper=row.actor,
        score=row.composite,
        score_before=row.composite_before,
        leverage_factor=row.leverage_factor,
        open_interest_factor=row.oi_ratio_factor,
        volatility_factor=row.volatility_factor,
        funding_variance_factor=row.funding_variance_factor,
        mean_leverage=row.mean_leverage,
        open_interest_ratio_bps=row.oi_ratio_bps,
        volatility=str(row.volatility),
        funding_deviation=str(row.funding_deviation),
        open_interest=str(row.open_interest),
        open_interest_long=str(row.open_interest_long),
        open_interest_short=str(row.open_interest_short),
        depth=str(row.depth),
        sample_price=str(row.sample_price),
        samples=row.samples,
        funding_samples=row.funding_samples,
        provisional=row.provisional,
        plain_grade=words.grade(row.plain_grade),
        overlay=row.overlay,
        raw_grade=words.grade(row.raw_grade),
        grade_before=words.grade(row.grade_before),
        grade=words.grade(row.grade),
        restricted=row.restricted,
        reasons=reason_names(view, row.reasons),
        utilisation_bps=row.utilization_bps,
        reserve_bps=row.reserve_bps,
        required_reserve=str(row.required_reserve),
    )
