# Accounts of the insurance pool. Units: docs/spec.md, sections 0 and 3.
from seahorse.prelude import *


class PoolConfig(Account):
    admin: Pubkey
    pending_admin: Pubkey
    guardian: Pubkey
    mint: Pubkey
    treasury: Pubkey
    risk_program: Pubkey
    risk_authority: Pubkey
    risk_fp: Pubkey
    premium_program: Pubkey
    premium_authority: Pubkey
    premium_fp: Pubkey
    handler_authority: Pubkey
    handler_fp: Pubkey
    paused_until: i64
    pause_allowed_at: i64
    dev: bool
    bump: u8


# One market's pool. `inputs` and `premium` are the only accounts of the peers that its reports may reach.
class InsurancePool(Account):
    market_id: Pubkey
    total_deposits: u64
    available_balance: u64
    epoch_premium_accrued: u64
    utilization_rate: u64
    last_update_epoch: u64
    total_shares: u64
    unvested: u64
    vest_end: u64
    vest_epoch: u64
    pending_shares: u64
    pending_value: u64
    generation: u64
    vault: Pubkey
    market_vault: Pubkey
    creator: Pubkey
    engine_fp: Pubkey
    inputs: Pubkey
    premium: Pubkey
    active: bool
    genesis: i64
    epoch_seconds: u64
    lock_epochs: u64
    notice_epochs: u64
    performance_fee_bps: u64
    required_reserve: u64
    open_interest_now: u64
    score_epoch: u64
    reasons: u8
    high_water_mark: u64
    first_loss: u64
    residual: u64
    stake_request: u64
    stake_request_epoch: u64
    unsettled: u64
    reserved: u64
    reserved_sequence: u64
    reserved_payout: u64
    reserved_first_loss: u64
    reserved_premium: u64
    reserved_capital: u64
    reserved_offset: u64
    reserved_fee: u64
    treasury_fees: u64
    claim_fees: u64
    arrears: u64
    acknowledged_offset: u64
    total_offset: u64
    exit: bool
    bump: u8

    # The epoch of a time in seconds. A pool that only was opened has no clock yet.
    def epoch_at(self, now: i64) -> u64:
        assert self.active, 'E_STATE: the pool has no terms yet; push the terms of its market first'
        return u64((now - self.genesis) // i64(self.epoch_seconds))


# One deposit epoch of one provider. requested_shares > 0 means that a withdrawal request is open.
class ProviderPosition(Account):
    provider: Pubkey
    market_id: Pubkey
    deposited_amount: u64
    shares: u64
    entry_epoch: u64
    unlock_epoch: u64
    lock_epochs: u64
    notice_epochs: u64
    generation: u64
    requested_shares: u64
    request_value: u64
    request_fee_bps: u64
    request_epoch: u64
    bump: u8
