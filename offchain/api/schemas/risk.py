"""A market's risk: score, factors, grade, and what would change it."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.schemas.kinds import FactorName, FactorUnit, Reason
from offchain.api.schemas.units import (
    Address,
    Atoms,
    Body,
    Bps,
    Count,
    Epoch,
    Flag,
    Grade,
    Leverage,
    Nano,
    Number,
    Page,
    Price,
    Score,
    Signature,
    Slot,
    Time,
    Words,
)

FactorValue = Annotated[int | None, Meta(description="1e6 = 1.0; null: this factor alone can't do it")]


class Factor(Struct, kw_only=True):
    """One of the four inputs of the score."""

    name: Annotated[FactorName, Meta(description="Which of the four")]
    title: Words
    weight: Annotated[int, Meta(description="Part of the score, percent")]
    value: Annotated[int, Meta(description="0 .. 1e6 = 1.0, the worst")]
    contribution: Annotated[int, Meta(description="weight * value, 1e6 = 1.0 of the score, rounded down")]
    raw: Annotated[str | None, Meta(description="What it was measured from, in `raw_unit`; null: not known")]
    raw_unit: Annotated[FactorUnit, Meta(description="leverage (10 000 = 1x), bps, or nano (1e9 = 100 %)")]
    full_at: Annotated[str, Meta(description="Raw value at which the factor is 1.0, in `raw_unit`")]
    measured: Annotated[bool, Meta(description="False: counts as 1.0 for want of samples")]
    samples: Annotated[int | None, Meta(description="Samples so far; null where none are needed")]
    samples_needed: Annotated[int | None, Meta(description="Samples from which it is measured; null: none needed")]


class Overlay(Struct, kw_only=True):
    """The guard against one extreme input."""

    active: Annotated[bool, Meta(description="The grade is at least C, whatever the score")]
    causes: Annotated[list[str], Meta(description="A sentence for each extreme input")]


class Wait(Struct, kw_only=True):
    """A better standing that waits for its time."""

    since: Annotated[int, Meta(description="Epoch since which it waits")]
    grade: Annotated[Grade, Meta(description="The grade that would hold then")]
    until: Annotated[int, Meta(description="Epoch whose score makes it hold, if nothing worse comes")]
    at: Annotated[int, Meta(description="When that epoch begins, unix time in seconds")]


class FactorNeeded(Struct, kw_only=True):
    """How far one factor would have to go, the others staying as they are."""

    name: Annotated[FactorName, Meta(description="The factor")]
    value: FactorValue


class GradeChange(Struct, kw_only=True):
    """What would change the grade."""

    grade: Annotated[Grade, Meta(description="To this grade")]
    better: Flag
    score: Annotated[int, Meta(description="The score that does it, 1e6 = 1.0: at most this if better, else at least")]
    factors: Annotated[
        list[FactorNeeded], Meta(description="For each factor alone: at most this if better, else at least")
    ]
    words: Words


class GradeRule(Struct, kw_only=True):
    """What a grade means."""

    grade: Grade
    score_below: Annotated[int | None, Meta(description="Scores below this, 1e6 = 1.0; null: no bound")]
    reserve_bps: Annotated[int, Meta(description="Required reserve, basis points of open interest")]
    floor_bps: Annotated[int, Meta(description="Least premium a year, basis points of the required reserve")]
    leverage_cap: Leverage


class RiskDetail(Body, kw_only=True):
    """The last score of a market, with everything that went into it."""

    market_id: Address
    score: Annotated[int | None, Meta(description="Composite, 1e6 = 1.0; null before the first score")]
    grade: Grade
    plain_grade: Annotated[Grade | None, Meta(description="What the score alone says; null before the first")]
    raw_grade: Annotated[Grade | None, Meta(description="With the overlay, before waits; null before the first")]
    provisional: Flag
    epoch: Annotated[int | None, Meta(description="Epoch of the score; null before the first")]
    updated_at: Annotated[int | None, Meta(description="Unix time in seconds; null before the first")]
    factors: Annotated[list[Factor], Meta(description="The four factors; empty before the first score")]
    overlay: Annotated[Overlay, Meta(description="The guard above the formula")]
    better: Annotated[Wait | None, Meta(description="A better grade that waits; null: none does")]
    release: Annotated[Wait | None, Meta(description="The end of a restriction by score; null: none waits")]
    changes: Annotated[list[GradeChange], Meta(description="The next better and the next worse grade")]
    restricted: Flag
    reasons: Annotated[list[Reason], Meta(description="What restricts it")]
    restriction: Annotated[list[str], Meta(description="A sentence for each reason, with what ends it")]
    open_interest: Annotated[str, Meta(description="Larger side's mean over the last epoch, USDC atoms")]
    depth: Annotated[str, Meta(description="Depth that the market reported, USDC atoms")]
    required_reserve: Atoms
    reserve_bps: Bps
    leverage_cap: Leverage
    premium_rate_bps: Bps
    utilisation_bps: Annotated[int, Meta(description="As it counts for the rate: reported by the pool, basis points")]
    grades: Annotated[list[GradeRule], Meta(description="What each grade means, best first")]


class ScorePoint(Struct, kw_only=True):
    """One score of the past."""

    signature: Signature
    number: Number
    slot: Slot
    time: Time
    epoch: Epoch
    keeper: Annotated[str, Meta(description="Who made it, base58")]
    score: Score
    score_before: Score
    leverage_factor: Score
    open_interest_factor: Score
    volatility_factor: Score
    funding_variance_factor: Score
    mean_leverage: Leverage
    open_interest_ratio_bps: Bps
    volatility: Nano
    funding_deviation: Nano
    open_interest: Atoms
    open_interest_long: Atoms
    open_interest_short: Atoms
    depth: Atoms
    sample_price: Price
    samples: Count
    funding_samples: Count
    provisional: Flag
    plain_grade: Grade
    overlay: Flag
    raw_grade: Grade
    grade_before: Grade
    grade: Grade
    restricted: Annotated[bool, Meta(description="By the score")]
    reasons: Annotated[list[Reason], Meta(description="What restricts it")]
    utilisation_bps: Bps
    reserve_bps: Bps
    required_reserve: Atoms


class ScoreHistoryPage(Page, kw_only=True):
    """Scores, newest first."""

    items: Annotated[list[ScorePoint], Meta(description="Scores, newest first")]
