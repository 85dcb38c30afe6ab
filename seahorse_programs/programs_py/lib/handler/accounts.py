# Accounts of the insolvency handler. Units: docs/spec.md, sections 0 and 4.
from seahorse.prelude import *


class HandlerConfig(Account):
    admin: Pubkey
    pending_admin: Pubkey
    guardian: Pubkey
    risk_authority: Pubkey
    pool_program: Pubkey
    pool_authority: Pubkey
    pool_fp: Pubkey
    dev: bool
    bump: u8


# One market's counters as last reported, and what of them is settled. `pool` is the only pool its claims reach.
class ClaimRegistry(Account):
    market_id: Pubkey
    engine_fp: Pubkey
    pool: Pubkey
    active: bool
    genesis: i64
    epoch_seconds: u64
    threshold: u64
    counter: u64
    settled: u64
    margin_total: u64
    fund_total: u64
    settled_margin: u64
    settled_fund: u64
    next_sequence: u64
    pending: bool
    claims: u64
    no_claims: u64
    bump: u8


# state: 0 blank, 1 reserved in the pool, 2 complete.
class ClaimRecord(Account):
    market_id: Pubkey
    deficit_amount: u64
    payout_amount: u64
    timestamp: i64
    fully_covered: bool
    sequence: u64
    epoch: u64
    fee: u64
    uncovered: u64
    executor: Pubkey
    threshold: u64
    margin_tier: u64
    fund_tier: u64
    first_loss_tier: u64
    premium_tier: u64
    capital_tier: u64
    profit_tier: u64
    arrears_offset: u64
    net_paid: u64
    executor_fee: u64
    opened_at: i64
    state: u8
    fee_collected: bool
    bump: u8
