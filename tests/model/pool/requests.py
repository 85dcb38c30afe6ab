"""Withdrawal requests: fixed fee and value, cancelled without gain."""

from dataclasses import replace
from fractions import Fraction

from tests.model import parameters as P
from tests.model.numbers import down, up
from tests.model.pool.shares import assets_for
from tests.model.pool.state import Pool, Position
from tests.model.pool.utilization import withdrawable
from tests.model.pool.vesting import credit, vest, without_owner
from tests.model.refusals import require


def early_fee_bps(remaining: int, lock: int) -> int:
    """10 to 30 basis points in proportion to the lock that remains, rounded up; 0 after it."""
    if remaining <= 0:
        return 0
    return P.EARLY_FEE_BASE_BPS + up(Fraction(P.EARLY_FEE_SLOPE_BPS * remaining, lock))


def without_request(position: Position) -> Position:
    """The position with no open request."""
    return replace(position, requested_shares=0, request_value=0, request_fee_bps=0, request_epoch=0)


def request(pool: Pool, position: Position, shares: int, epoch: int) -> tuple[Pool, Position]:
    """Opens a request for some shares; they stay at risk."""
    require(position.requested_shares == 0, "E_REQUEST")
    require(position.generation == pool.generation, "E_GENERATION")
    require(0 < shares <= position.shares, "E_AMOUNT")
    vested = vest(pool, epoch)
    value = assets_for(vested, shares)
    asked = replace(
        position,
        requested_shares=shares,
        request_value=value,
        request_fee_bps=early_fee_bps(position.unlock_epoch - epoch, position.lock_epochs),
        request_epoch=epoch,
    )
    waiting = replace(vested, pending_shares=vested.pending_shares + shares, pending_value=vested.pending_value + value)
    return waiting, asked


def cancel(pool: Pool, position: Position, epoch: int) -> tuple[Pool, Position]:
    """Ends a request. What its shares gained meanwhile is burnt and vests again for everyone."""
    require(position.requested_shares > 0, "E_REQUEST")
    if position.generation != pool.generation:
        return pool, without_request(position)
    pool = vest(pool, epoch)
    requested, value = position.requested_shares, position.request_value
    now = assets_for(pool, requested)
    burn = gained = 0
    if now > value:
        burn = requested - down(Fraction(requested * value, now))
        gained = now - value
    pool = replace(
        pool,
        available=pool.available - gained,
        total_shares=pool.total_shares - burn,
        pending_shares=pool.pending_shares - requested,
        pending_value=pool.pending_value - value,
    )
    pool = without_owner(credit(pool, gained, epoch))
    return pool, without_request(replace(position, shares=position.shares - burn))


def flag_exit(pool: Pool, position: Position, epoch: int) -> Pool:
    """Marks that a request has waited a week after its notice."""
    require(position.requested_shares > 0, "E_REQUEST")
    require(position.generation == pool.generation, "E_GENERATION")
    require(epoch >= position.request_epoch + position.notice_epochs + P.EXIT_AFTER, "E_EARLY")
    return replace(pool, exit=True)


def report_reserve(pool: Pool, epoch: int) -> Pool:
    """The pool when it reports: the exit mark goes when all requests fit under the cap."""
    vested = vest(pool, epoch)
    return replace(vested, exit=vested.exit and vested.pending_value > withdrawable(vested))
