"""What `sync_market` tells a market: reasons and caps as they are now."""

from dataclasses import dataclass
from fractions import Fraction

from tests.model import parameters as P
from tests.model.numbers import down
from tests.model.score.update import Reserve, Risk, is_fresh, reason_bits


@dataclass(frozen=True)
class Caps:
    """Restriction reasons, leverage cap (1x = 10 000) and open-interest cap (atoms)."""

    reasons: int
    leverage_cap: int
    oi_cap: int


def oi_cap(reserve: Reserve | None, epoch: int, grade: int) -> int:
    """85 % of the capital that stays, over the reserve ratio; 0 without a fresh report."""
    if reserve is None or not is_fresh(reserve.epoch, epoch):
        return 0
    staying = max(0, reserve.available - reserve.pending)
    return down(Fraction(staying * P.UTIL_CAP_BPS, P.RESERVE_BPS[grade]))


def sync(
    risk: Risk,
    epoch: int,
    max_leverage: int,
    reserve: Reserve | None,
    arrears: bool = False,
    engine_active: bool = True,
) -> Caps:
    """Reasons and caps of a live market at an epoch. Before the first score the grade is C."""
    standing = risk.standing
    grade = standing.grade if standing.has_score else 2
    stale = not standing.has_score or not is_fresh(standing.epoch, epoch)
    leaving = reserve is not None and reserve.exit
    return Caps(
        reasons=reason_bits(standing.restricted, stale, arrears, leaving, not engine_active),
        leverage_cap=min(max_leverage, P.LEVERAGE_CAP[grade]),
        oi_cap=oi_cap(reserve, epoch, grade),
    )
