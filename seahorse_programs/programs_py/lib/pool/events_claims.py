# Events of claims and of the fees they leave.
from seahorse.prelude import *
from lib.pool.accounts import InsurancePool
from lib.pool.state import PoolState, pool_state


@dataclass
class PayoutRequested(Event):
    market_id: Pubkey
    actor: Pubkey
    sequence: u64
    claimable: u64
    payout: u64
    first_loss: u64
    premium: u64
    capital: u64
    offset: u64
    fee: u64
    net: u64
    pool_before: PoolState
    pool_after: PoolState


@dataclass
class FundsReleased(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    sequence: u64
    payout: u64
    net: u64
    reserved_before: u64
    reserved_after: u64


@dataclass
class ClaimFeePaid(Event):
    market_id: Pubkey
    actor: Pubkey
    destination: Pubkey
    amount: u64
    claim_fees_before: u64
    claim_fees_after: u64


@dataclass
class TreasuryCollected(Event):
    market_id: Pubkey
    actor: Pubkey
    destination: Pubkey
    amount: u64
    treasury_fees_after: u64


def emit_payout_requested(actor: Pubkey, claimable: u64, before: PoolState, pool: InsurancePool):
    e = PayoutRequested(
        pool.market_id,
        actor,
        pool.reserved_sequence,
        claimable,
        pool.reserved_payout,
        pool.reserved_first_loss,
        pool.reserved_premium,
        pool.reserved_capital,
        pool.reserved_offset,
        pool.reserved_fee,
        pool.reserved,
        before,
        pool_state(pool),
    )
    e.emit()


def emit_funds_released(actor: Pubkey, epoch: u64, slot: u64, pool: InsurancePool, sequence: u64, payout: u64, net: u64):
    e = FundsReleased(pool.market_id, actor, epoch, slot, sequence, payout, net, net, pool.reserved)
    e.emit()


def emit_claim_fee_paid(actor: Pubkey, destination: Pubkey, amount: u64, before: u64, pool: InsurancePool):
    e = ClaimFeePaid(pool.market_id, actor, destination, amount, before, pool.claim_fees)
    e.emit()


def emit_treasury_collected(actor: Pubkey, destination: Pubkey, amount: u64, pool: InsurancePool):
    e = TreasuryCollected(pool.market_id, actor, destination, amount, pool.treasury_fees)
    e.emit()
