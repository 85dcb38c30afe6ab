# Events of the providers' capital.
from seahorse.prelude import *
from lib.pool.accounts import InsurancePool, ProviderPosition
from lib.pool.state import Moment, PoolState, PositionState, pool_state, position_state
from lib.pool.withdrawal import Settlement


@dataclass
class Deposited(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    position: Pubkey
    amount: u64
    minted: u64
    pool_before: PoolState
    pool_after: PoolState
    position_after: PositionState


@dataclass
class ToppedUp(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    position: Pubkey
    amount: u64
    minted: u64
    pool_before: PoolState
    pool_after: PoolState
    position_before: PositionState
    position_after: PositionState


@dataclass
class WithdrawalRequested(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    position: Pubkey
    pool_before: PoolState
    pool_after: PoolState
    position_before: PositionState
    position_after: PositionState


# forgone: what the shares gained since the request and lost by the cancellation.
@dataclass
class WithdrawalCancelled(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    position: Pubkey
    forgone: u64
    pool_before: PoolState
    pool_after: PoolState
    position_before: PositionState
    position_after: PositionState


# wiped: the shares belonged to a generation that a payout used up; nothing was paid.
@dataclass
class WithdrawalExecuted(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    position: Pubkey
    provider: Pubkey
    wiped: bool
    burned: u64
    out: u64
    gross: u64
    fee: u64
    net: u64
    pool_before: PoolState
    pool_after: PoolState
    position_before: PositionState
    position_after: PositionState


@dataclass
class ExitFlagged(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    position: Pubkey
    exit_before: bool
    exit_after: bool


def emit_deposited(m: Moment, pool: InsurancePool, position: ProviderPosition, key: Pubkey, amount: u64, minted: u64):
    e = Deposited(
        pool.market_id, m.actor, m.epoch, m.slot, key, amount, minted,
        m.pool_before, pool_state(pool), position_state(position),
    )
    e.emit()


def emit_topped_up(
    m: Moment, pool: InsurancePool, before: PositionState, position: ProviderPosition, key: Pubkey, amount: u64, minted: u64
):
    e = ToppedUp(
        pool.market_id, m.actor, m.epoch, m.slot, key, amount, minted,
        m.pool_before, pool_state(pool), before, position_state(position),
    )
    e.emit()


def emit_requested(m: Moment, pool: InsurancePool, before: PositionState, position: ProviderPosition, key: Pubkey):
    e = WithdrawalRequested(
        pool.market_id, m.actor, m.epoch, m.slot, key,
        m.pool_before, pool_state(pool), before, position_state(position),
    )
    e.emit()


def emit_cancelled(
    m: Moment, pool: InsurancePool, before: PositionState, position: ProviderPosition, key: Pubkey, forgone: u64
):
    e = WithdrawalCancelled(
        pool.market_id, m.actor, m.epoch, m.slot, key, forgone,
        m.pool_before, pool_state(pool), before, position_state(position),
    )
    e.emit()


def emit_executed(
    m: Moment, pool: InsurancePool, before: PositionState, position: ProviderPosition, key: Pubkey, wiped: bool, s: Settlement
):
    e = WithdrawalExecuted(
        pool.market_id, m.actor, m.epoch, m.slot, key, position.provider, wiped, s.burned, s.out, s.gross, s.fee, s.net,
        m.pool_before, pool_state(pool), before, position_state(position),
    )
    e.emit()


def emit_exit_flagged(m: Moment, pool: InsurancePool, key: Pubkey):
    e = ExitFlagged(pool.market_id, m.actor, m.epoch, m.slot, key, m.pool_before.exit, pool.exit)
    e.emit()
