# Events of what other programs push into the pool and what the pool reports to them.
from seahorse.prelude import *
from lib.pool.accounts import InsurancePool
from lib.pool.state import PoolState, pool_state


@dataclass
class RiskSet(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    required_before: u64
    required_after: u64
    open_interest_before: u64
    open_interest_after: u64
    reasons_before: u8
    reasons_after: u8
    utilization_before: u64
    utilization_after: u64


@dataclass
class ReserveReported(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    pool_before: PoolState
    pool_after: PoolState


@dataclass
class PremiumCredited(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    amount: u64
    epoch_premium_before: u64
    epoch_premium_after: u64
    arrears: u64
    acknowledged_offset: u64
    pool_before: PoolState
    pool_after: PoolState


@dataclass
class UnsettledNoted(Event):
    market_id: Pubkey
    actor: Pubkey
    unsettled_before: u64
    unsettled_after: u64


@dataclass
class OffsetReported(Event):
    market_id: Pubkey
    actor: Pubkey
    total_offset: u64
    acknowledged_offset: u64


@dataclass
class ResolutionForced(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    position: Pubkey


def emit_risk_set(actor: Pubkey, pool: InsurancePool, required: u64, open_interest: u64, reasons: u8, utilization: u64):
    e = RiskSet(
        pool.market_id,
        actor,
        pool.score_epoch,
        required,
        pool.required_reserve,
        open_interest,
        pool.open_interest_now,
        reasons,
        pool.reasons,
        utilization,
        pool.utilization_rate,
    )
    e.emit()


def emit_reserve_reported(actor: Pubkey, epoch: u64, slot: u64, before: PoolState, pool: InsurancePool):
    e = ReserveReported(pool.market_id, actor, epoch, slot, before, pool_state(pool))
    e.emit()


def emit_premium_credited(actor: Pubkey, amount: u64, accrued_before: u64, before: PoolState, pool: InsurancePool):
    e = PremiumCredited(
        pool.market_id,
        actor,
        pool.last_update_epoch,
        amount,
        accrued_before,
        pool.epoch_premium_accrued,
        pool.arrears,
        pool.acknowledged_offset,
        before,
        pool_state(pool),
    )
    e.emit()


def emit_unsettled_noted(actor: Pubkey, before: u64, pool: InsurancePool):
    e = UnsettledNoted(pool.market_id, actor, before, pool.unsettled)
    e.emit()


def emit_offset_reported(actor: Pubkey, pool: InsurancePool):
    e = OffsetReported(pool.market_id, actor, pool.total_offset, pool.acknowledged_offset)
    e.emit()


def emit_resolution_forced(actor: Pubkey, epoch: u64, slot: u64, pool: InsurancePool, position: Pubkey):
    e = ResolutionForced(pool.market_id, actor, epoch, slot, position)
    e.emit()
