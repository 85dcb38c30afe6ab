# Snapshots for the events: what a pool and a position were before a change and are after it.
from seahorse.prelude import *
from lib.pool.accounts import InsurancePool, ProviderPosition


@dataclass
class PoolState:
    total_deposits: u64
    available_balance: u64
    utilization_rate: u64
    total_shares: u64
    unvested: u64
    vest_end: u64
    vest_epoch: u64
    pending_shares: u64
    pending_value: u64
    generation: u64
    high_water_mark: u64
    first_loss: u64
    residual: u64
    reserved: u64
    treasury_fees: u64
    claim_fees: u64
    exit: bool


@dataclass
class PositionState:
    deposited_amount: u64
    shares: u64
    entry_epoch: u64
    unlock_epoch: u64
    generation: u64
    requested_shares: u64
    request_value: u64
    request_fee_bps: u64
    request_epoch: u64


# Who acted, when, and what the pool was before; passed from the instruction to its event.
@dataclass
class Moment:
    actor: Pubkey
    epoch: u64
    slot: u64
    pool_before: PoolState


def pool_state(pool: InsurancePool) -> PoolState:
    return PoolState(
        pool.total_deposits,
        pool.available_balance,
        pool.utilization_rate,
        pool.total_shares,
        pool.unvested,
        pool.vest_end,
        pool.vest_epoch,
        pool.pending_shares,
        pool.pending_value,
        pool.generation,
        pool.high_water_mark,
        pool.first_loss,
        pool.residual,
        pool.reserved,
        pool.treasury_fees,
        pool.claim_fees,
        pool.exit,
    )


def position_state(position: ProviderPosition) -> PositionState:
    return PositionState(
        position.deposited_amount,
        position.shares,
        position.entry_epoch,
        position.unlock_epoch,
        position.generation,
        position.requested_shares,
        position.request_value,
        position.request_fee_bps,
        position.request_epoch,
    )
