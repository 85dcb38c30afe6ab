"""A market's premium account: the floor that runs with time, fees that count against it, and routing."""

from dataclasses import dataclass, replace
from fractions import Fraction

from tests.model import parameters as P
from tests.model.numbers import down, up
from tests.model.premium.rate import next_rate
from tests.model.refusals import require


@dataclass(frozen=True)
class Premium:
    """Ledger of premiums; `balance` below zero is arrears, `escrow` waits to be routed."""

    rate_bps: int | None = None
    score: int = 0
    grade: int = 0
    utilization_bps: int = 0
    open_interest: int = 0
    reserve_bps: int = 0
    score_epoch: int = 0
    escrow: int = 0
    balance: int = 0
    floor_epoch: int = 0
    negative_since: int | None = None
    route_epoch: int | None = None
    total_collected: int = 0
    total_routed: int = 0
    total_bounty: int = 0
    acknowledged_offset: int = 0


@dataclass(frozen=True)
class Routed:
    """What one routing moved and told the pool."""

    to_pool: int
    bounty: int
    arrears: int
    acknowledged_offset: int


def due(premium: Premium, epochs: int) -> int:
    """The least premium of some epochs: the grade's yearly share of the required reserve, rounded up."""
    reserve = Fraction(premium.open_interest * premium.reserve_bps, P.BPS)
    yearly = reserve * Fraction(P.FLOOR_BPS[premium.grade], P.BPS)
    return up(yearly * Fraction(epochs, P.EPOCHS_PER_YEAR))


def arrears(premium: Premium) -> int:
    """What the market owes."""
    return max(0, -premium.balance)


def _with_balance(premium: Premium, balance: int, epoch: int) -> Premium:
    if balance >= 0:
        return replace(premium, balance=balance, negative_since=None)
    since = epoch if premium.negative_since is None else premium.negative_since
    return replace(premium, balance=balance, negative_since=since)


def accrue(premium: Premium, epoch: int) -> Premium:
    """The floor up to an epoch, by the open interest and grade known until now; nothing before the first rate."""
    if premium.rate_bps is None:
        return premium
    owed = due(premium, epoch - premium.floor_epoch)
    balance = min(premium.balance - owed, due(premium, P.FLOOR_CAP_EPOCHS))
    return replace(_with_balance(premium, balance, epoch), floor_epoch=epoch)


def set_rate(
    premium: Premium,
    epoch: int,
    score: int,
    grade: int,
    utilization_bps: int,
    open_interest: int,
    reserve_bps: int,
    restricted: bool,
) -> Premium:
    """After a score: the floor so far with the old values, then the new rate and values."""
    accrued = accrue(premium, epoch)
    return replace(
        accrued,
        rate_bps=next_rate(premium.rate_bps, score, utilization_bps, restricted),
        score=score,
        grade=grade,
        utilization_bps=utilization_bps,
        open_interest=open_interest,
        reserve_bps=reserve_bps,
        score_epoch=epoch,
        floor_epoch=epoch,
    )


def fee_share(gross: int, rate_bps: int) -> int:
    """The premium in a gross fee, rounded up."""
    return up(Fraction(gross * rate_bps, P.BPS))


def collect_fees(premium: Premium, gross: int) -> Premium:
    """The account after the market handed over the premium's share of a gross fee."""
    require(premium.rate_bps is not None, "E_STATE")
    share = fee_share(gross, premium.rate_bps or 0)
    credited = _with_balance(premium, premium.balance + share, premium.floor_epoch)
    return replace(credited, escrow=premium.escrow + share, total_collected=premium.total_collected + share)


def route(premium: Premium, epoch: int) -> tuple[Premium, Routed]:
    """Empties the escrow into the pool; the bounty is paid when the epoch's score is present."""
    require(premium.route_epoch is None or epoch > premium.route_epoch, "E_EARLY")
    accrued = accrue(premium, epoch)
    amount = accrued.escrow
    earned = accrued.rate_bps is not None and accrued.score_epoch == epoch
    bounty = min(down(Fraction(amount * P.BOUNTY_BPS, P.BPS)), P.BOUNTY_MAX) if earned else 0
    after = replace(
        accrued,
        escrow=0,
        route_epoch=epoch,
        total_routed=accrued.total_routed + amount - bounty,
        total_bounty=accrued.total_bounty + bounty,
    )
    return after, Routed(amount - bounty, bounty, arrears(after), after.acknowledged_offset)


def in_arrears(premium: Premium, epoch: int) -> bool:
    """Whether the market has owed for a week without a break; `premium` accrued to the epoch."""
    since = premium.negative_since
    return since is not None and epoch >= since + P.ARREARS_EPOCHS


def pay_arrears(premium: Premium, amount: int, epoch: int) -> Premium:
    """After anyone paid some of what the market owes; it waits in the escrow like any premium."""
    accrued = accrue(premium, epoch)
    require(0 < amount <= arrears(accrued), "E_AMOUNT")
    return replace(_with_balance(accrued, accrued.balance + amount, epoch), escrow=accrued.escrow + amount)


def apply_offset(premium: Premium, cumulative: int) -> Premium:
    """After the pool reported what it withheld from payouts for arrears, as a sum since the start."""
    require(cumulative >= premium.acknowledged_offset, "E_AMOUNT")
    balance = premium.balance + cumulative - premium.acknowledged_offset
    return replace(_with_balance(premium, balance, premium.floor_epoch), acknowledged_offset=cumulative)
