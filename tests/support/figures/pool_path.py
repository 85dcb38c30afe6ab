"""A pool from event to event: its state and what moved its capital, out of the raw transactions alone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from solders.pubkey import Pubkey

from offchain.chain.events.generated.insurance_pool import (
    Deposited,
    PayoutRequested,
    PoolState,
    PoolTermsSet,
    RiskSet,
    StakeFunded,
    StakePaid,
    ToppedUp,
    UnsettledNoted,
    WithdrawalCancelled,
    WithdrawalExecuted,
)
from tests.model.pool.state import Pool
from tests.model.pool.vesting import performance_fee, vest, vested_by
from tests.support.figures.history import Happened, History
from tests.support.figures.ledger import Ledger


@dataclass(frozen=True)
class Moves:
    """What one event did to the providers' capital, atoms."""

    deposited: int = 0
    withdrawn: int = 0
    revested: int = 0
    vested: int = 0
    performance_fee: int = 0
    claimed: int = 0


@dataclass(frozen=True)
class Point:
    """After one event."""

    time: int
    """Unix seconds."""
    booked: Pool
    """As the account stands."""
    pool: Pool
    """The same, vested up to the epoch of `time`."""
    moves: Moves
    left: bool
    """Somebody took the last shares."""

    @property
    def size(self) -> int:
        """All that can pay claims, atoms."""
        pool = self.booked
        return pool.available + pool.unvested + pool.first_loss + pool.residual


def pool_path(history: History, ledger: Ledger, market: Pubkey) -> list[Point]:
    """Every event of a pool, oldest first; AssertionError where capital moved in a way that no event tells."""
    return list(_path(history, ledger, market))


def _path(history: History, ledger: Ledger, market: Pubkey) -> Iterator[Point]:
    pool = Pool()
    for happened in history.happened:
        event = happened.event
        if event.PROGRAM != "insurance_pool" or getattr(event, "market_id", None) != market:
            continue
        before, pool = pool, _after(pool, event)
        moves = _moves(before, event)
        _check(before, pool, moves, happened)
        left = isinstance(event, WithdrawalExecuted | WithdrawalCancelled) and not pool.total_shares
        yield Point(happened.time, pool, vest(pool, ledger.epoch_of(happened.time)), moves, left)


def _after(pool: Pool, event: Any) -> Pool:
    state: PoolState | None = getattr(event, "pool_after", None)
    if state is not None:
        pool = replace(
            pool,
            available=state.available_balance,
            unvested=state.unvested,
            vest_end=state.vest_end,
            vest_epoch=state.vest_epoch,
            first_loss=state.first_loss,
            residual=state.residual,
            total_shares=state.total_shares,
            generation=state.generation,
            high_water_mark=state.high_water_mark,
        )
    match event:
        case PayoutRequested():
            return replace(pool, unsettled=0)
        case UnsettledNoted():
            return replace(pool, unsettled=event.unsettled_after)
        case RiskSet():
            return replace(pool, required_reserve=event.required_after)
        case StakeFunded() | StakePaid():
            return replace(pool, first_loss=event.first_loss_after)
        case PoolTermsSet():
            return replace(pool, performance_fee_bps=event.performance_fee_bps)
    return pool


def _moves(before: Pool, event: Any) -> Moves:
    vested = fee = 0
    if getattr(event, "pool_after", None) is not None and not isinstance(event, PayoutRequested):
        vested = vested_by(before, event.epoch) if before.total_shares and before.unvested else 0
        fee = performance_fee(before, vested)
    moves = Moves(vested=vested, performance_fee=fee)
    match event:
        case Deposited() | ToppedUp():
            return replace(moves, deposited=event.amount)
        case PayoutRequested():
            return replace(moves, claimed=event.capital)
        case WithdrawalExecuted():
            return replace(moves, withdrawn=event.net, revested=event.out - event.net)
        case WithdrawalCancelled():
            return replace(moves, revested=event.forgone)
    return moves


def _check(before: Pool, after: Pool, moves: Moves, happened: Happened) -> None:
    gained = moves.deposited + moves.vested
    lost = moves.withdrawn + moves.revested + moves.performance_fee + moves.claimed
    moved = after.available - before.available
    assert moved == gained - lost or after.total_shares == 0, f"{happened}: {moved} is not {gained} - {lost}"
