# Events of the creator's first-loss stake.
from seahorse.prelude import *
from lib.pool.accounts import InsurancePool


@dataclass
class StakeFunded(Event):
    market_id: Pubkey
    actor: Pubkey
    amount: u64
    first_loss_before: u64
    first_loss_after: u64


@dataclass
class StakeRequested(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    amount: u64


@dataclass
class StakePaid(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    amount: u64
    first_loss_before: u64
    first_loss_after: u64


@dataclass
class StakeCancelled(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    amount: u64


def emit_stake_funded(actor: Pubkey, amount: u64, before: u64, pool: InsurancePool):
    e = StakeFunded(pool.market_id, actor, amount, before, pool.first_loss)
    e.emit()


def emit_stake_requested(actor: Pubkey, epoch: u64, slot: u64, pool: InsurancePool):
    e = StakeRequested(pool.market_id, actor, epoch, slot, pool.stake_request)
    e.emit()


def emit_stake_paid(actor: Pubkey, epoch: u64, slot: u64, amount: u64, before: u64, pool: InsurancePool):
    e = StakePaid(pool.market_id, actor, epoch, slot, amount, before, pool.first_loss)
    e.emit()


def emit_stake_cancelled(actor: Pubkey, epoch: u64, slot: u64, amount: u64, pool: InsurancePool):
    e = StakeCancelled(pool.market_id, actor, epoch, slot, amount)
    e.emit()
