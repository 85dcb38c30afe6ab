"""The score of an epoch, from the market's statistics, the price window and the pool's report."""

from dataclasses import dataclass, field
from fractions import Fraction

from tests.model import parameters as P
from tests.model.funding.history import FundingHistory, funding_variance_factor, take_funding
from tests.model.numbers import up
from tests.model.refusals import require
from tests.model.score.factors import Factors, composite, leverage_factor, oi_ratio_bps, oi_ratio_factor
from tests.model.score.grades import overlaid, raw_grade
from tests.model.score.hysteresis import Standing, judge
from tests.model.volatility.window import Window, take_sample, volatility_factor


@dataclass(frozen=True)
class Statistics:
    """What the market pushed: means over `epoch`, and cumulative funding."""

    epoch: int
    long: int
    short: int
    mean_leverage: int
    depth: int
    cumulative_funding: int
    open_interest_now: int = 0


@dataclass(frozen=True)
class Reserve:
    """What the pool reported last."""

    epoch: int
    available: int
    pending: int
    utilization_bps: int
    exit: bool = False


@dataclass(frozen=True)
class Risk:
    """Everything the risk engine remembers of a market's score."""

    standing: Standing = field(default_factory=Standing)
    window: Window = field(default_factory=Window)
    funding: FundingHistory = field(default_factory=FundingHistory)
    factors: Factors = field(default_factory=lambda: Factors(0, 0, 0, 0))
    composite: int = 0
    oi_ratio_bps: int = 0
    open_interest: int = 0
    required_reserve: int = 0
    utilization_bps: int = 0
    provisional: bool = True
    reasons: int = 0


def required_reserve(open_interest: int, grade: int) -> int:
    """The grade's share of open interest, rounded up."""
    return up(Fraction(open_interest * P.RESERVE_BPS[grade], P.BPS))


def is_fresh(reported: int, epoch: int) -> bool:
    """Whether a report of an epoch still counts: at most two epochs old."""
    return reported + P.STALE_EPOCHS >= epoch


def reason_bits(score: bool, stale: bool, arrears: bool, leaving: bool, delisted: bool) -> int:
    """The set of restriction reasons as bits."""
    named = (
        (score, P.REASON_SCORE),
        (stale, P.REASON_STALE),
        (arrears, P.REASON_ARREARS),
        (leaving, P.REASON_EXIT),
        (delisted, P.REASON_DELISTED),
    )
    return sum(bit for held, bit in named if held)


def update_score(
    risk: Risk,
    epoch: int,
    statistics: Statistics,
    sample: tuple[int, int] | None,
    reserve: Reserve | None,
    arrears: bool = False,
    engine_active: bool = True,
) -> Risk:
    """The risk state after the score of an epoch. `sample` is the feed's (price, epoch); refusals raise Refused."""
    require(not risk.standing.has_score or risk.standing.epoch < epoch, "E_EARLY")
    require(statistics.epoch + 1 == epoch, "E_STATISTICS")
    window = take_sample(risk.window, *sample) if sample else risk.window
    funding = take_funding(risk.funding, statistics.cumulative_funding, epoch)
    interest = max(statistics.long, statistics.short)
    factors = Factors(
        leverage_factor(statistics.mean_leverage, interest),
        oi_ratio_factor(interest, statistics.depth),
        volatility_factor(window),
        funding_variance_factor(funding),
    )
    score = composite(factors)
    ratio = oi_ratio_bps(interest, statistics.depth)
    overlay = overlaid(factors, ratio, statistics.mean_leverage, interest)
    standing = judge(risk.standing, epoch, score, raw_grade(score, overlay))
    reported = reserve is not None and is_fresh(reserve.epoch, epoch)
    return Risk(
        standing=standing,
        window=window,
        funding=funding,
        factors=factors,
        composite=score,
        oi_ratio_bps=ratio,
        open_interest=interest,
        required_reserve=required_reserve(interest, standing.grade),
        utilization_bps=reserve.utilization_bps if reserve and reported else P.UTIL_MAX_BPS,
        provisional=window.updates < P.WARMUP_UPDATES or len(funding.rates) < P.WARMUP_FUNDING,
        reasons=reason_bits(
            standing.restricted, False, arrears, reserve is not None and reserve.exit, not engine_active
        ),
    )
