"""Executing a withdrawal: whole, in part, or forced two weeks after the notice."""

from dataclasses import dataclass, replace
from fractions import Fraction

from tests.model import parameters as P
from tests.model.numbers import bps, down, up
from tests.model.pool.requests import without_request
from tests.model.pool.shares import assets_for
from tests.model.pool.state import Pool, Position
from tests.model.pool.utilization import is_fresh, withdrawable
from tests.model.pool.vesting import credit, vest, without_owner
from tests.model.refusals import require


@dataclass(frozen=True)
class Paid:
    """What one execution did, in atoms and shares; `given_up` is value the request could not keep."""

    gross: int
    fee: int
    net: int
    given_up: int
    burnt: int
    rest: int


@dataclass(frozen=True)
class _Cut:
    """How much of a request is served."""

    burn: int
    out: int
    gross: int
    rest: int


def is_forced(position: Position, epoch: int) -> bool:
    """Whether two weeks have passed since the notice ended."""
    return epoch >= position.request_epoch + position.notice_epochs + P.FORCE_AFTER


def _limit(pool: Pool, position: Position, epoch: int) -> int:
    if is_forced(position, epoch):
        return pool.available
    require(is_fresh(pool, epoch), "E_STALE")
    return withdrawable(pool)


def _cut(pool: Pool, position: Position, owed: int, gross: int) -> _Cut:
    requested = position.requested_shares
    if gross == owed:
        return _Cut(requested, assets_for(pool, requested), gross, 0)
    burn = up(Fraction(requested * gross, owed))
    out = assets_for(pool, burn)
    rest = position.request_value - up(Fraction(position.request_value * burn, requested))
    return _Cut(burn, out, min(gross, out), rest)


def _served(pool: Pool, position: Position, cut: _Cut) -> tuple[Pool, Position]:
    last = cut.burn == position.shares
    principal = position.deposited if last else down(Fraction(position.deposited * cut.burn, position.shares))
    pool = replace(
        pool,
        available=pool.available - cut.out,
        total_shares=pool.total_shares - cut.burn,
        pending_shares=pool.pending_shares - cut.burn,
        pending_value=pool.pending_value - (position.request_value - cut.rest),
        total_deposits=pool.total_deposits - min(principal, pool.total_deposits),
    )
    position = replace(
        position,
        deposited=position.deposited - principal,
        shares=position.shares - cut.burn,
        requested_shares=position.requested_shares - cut.burn,
        request_value=cut.rest,
    )
    return pool, position if position.requested_shares else without_request(position)


def execute(
    pool: Pool, position: Position, epoch: int, min_assets: int = 0, by_provider: bool = True
) -> tuple[Pool, Position, Paid]:
    """Pays a request after its notice: the lower of its value then and now, as far as the cap allows.

    Others than the provider may have it paid once it is forced.
    """
    require(position.requested_shares > 0, "E_REQUEST")
    require(by_provider or is_forced(position, epoch), "E_AUTHORITY")
    if position.generation != pool.generation:
        return pool, replace(without_request(position), shares=0, deposited=0), Paid(0, 0, 0, 0, 0, 0)
    require(epoch >= position.request_epoch + position.notice_epochs, "E_NOTICE")
    pool = vest(pool, epoch)
    owed = min(position.request_value, assets_for(pool, position.requested_shares))
    gross = min(owed, _limit(pool, position, epoch))
    require(gross > 0 or owed == 0, "E_UTILIZATION")
    cut = _cut(pool, position, owed, gross)
    fee = up(bps(cut.gross, position.request_fee_bps))
    net = cut.gross - fee
    require(net >= min_assets, "E_SLIPPAGE")
    served, position = _served(pool, position, cut)
    given_up = cut.out - cut.gross
    served = without_owner(credit(served, given_up + fee, epoch))
    return served, position, Paid(cut.gross, fee, net, given_up, cut.burn, cut.rest)
