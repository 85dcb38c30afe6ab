"""Requests and their execution."""

from offchain.settings.parameters import Parameters
from offchain.verify.replay.arithmetic import BPS, down, up
from offchain.verify.replay.pool.shares import assets_for, credit
from offchain.verify.replay.pool.state import MARK_ONE, Pool, Position


def request(pool: Pool, position: Position, shares: int, epoch: int, parameters: Parameters) -> None:
    """Fix value and early fee; the pool has vested."""
    remaining = max(0, position.unlock_epoch - epoch)
    position.requested = shares
    position.value = assets_for(pool, shares, parameters)
    position.request_epoch = epoch
    position.fee_bps = 0
    if remaining:
        slope = up(parameters.early_fee_slope_bps, remaining, position.lock_epochs)
        position.fee_bps = parameters.early_fee_base_bps + slope
    pool.pending_shares += shares
    pool.pending_value += position.value


def cancel(pool: Pool, position: Position, epoch: int, parameters: Parameters) -> None:
    """End a request; what the shares gained meanwhile is given up. The pool has vested."""
    now = assets_for(pool, position.requested, parameters)
    if now > position.value:
        burnt = position.requested - down(position.requested, position.value, now)
        position.shares -= burnt
        pool.total_shares -= burnt
        pool.available -= now - position.value
        credit(pool, now - position.value, epoch, parameters)
    pool.pending_shares -= position.requested
    pool.pending_value -= position.value
    position.clear_request()
    _keep_leftovers(pool)


def is_forced(position: Position, epoch: int, parameters: Parameters) -> bool:
    """Whether the request has waited so long that it is paid whole, whoever executes it."""
    return epoch >= position.request_epoch + position.notice_epochs + parameters.force_after


def limit(pool: Pool, position: Position, epoch: int, parameters: Parameters) -> int:
    """What may leave now."""
    if is_forced(position, epoch, parameters):
        return pool.available
    return max(0, pool.available - up(pool.required, BPS, parameters.util_cap_bps))


def execute(pool: Pool, position: Position, epoch: int, parameters: Parameters) -> int:
    """Pay a request as far as the cap allows; returns what the provider gets. The pool has vested."""
    out = assets_for(pool, position.requested, parameters)
    owed = min(position.value, out)
    gross = min(owed, limit(pool, position, epoch, parameters))
    burnt = position.requested
    if gross < owed:
        burnt = up(position.requested, gross, owed)
        out = assets_for(pool, burnt, parameters)
        gross = min(gross, out)
    fee = up(gross, position.fee_bps, BPS)
    pool.available -= out
    credit(pool, out - gross + fee, epoch, parameters)
    _burn(pool, position, burnt)
    _keep_leftovers(pool)
    return gross - fee


def _keep_leftovers(pool: Pool) -> None:
    if not pool.total_shares:
        pool.residual += pool.available
        pool.available = 0
        pool.mark = MARK_ONE


def _burn(pool: Pool, position: Position, burnt: int) -> None:
    principal = position.deposited
    if burnt < position.shares:
        principal = down(position.deposited, burnt, position.shares)
    value = up(position.value, burnt, position.requested)
    position.deposited -= principal
    position.shares -= burnt
    position.requested -= burnt
    position.value -= value
    pool.total_deposits -= min(principal, pool.total_deposits)
    pool.total_shares -= burnt
    pool.pending_shares -= burnt
    pool.pending_value -= value
    if not position.requested:
        position.clear_request()
