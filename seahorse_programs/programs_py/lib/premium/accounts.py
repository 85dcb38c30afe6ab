# Accounts of the premium manager. Units: docs/spec.md, sections 0 and 2.
from seahorse.prelude import *


# The config is also the authority of every escrow.
class PremiumConfig(Account):
    admin: Pubkey
    pending_admin: Pubkey
    guardian: Pubkey
    mint: Pubkey
    risk_program: Pubkey
    risk_authority: Pubkey
    risk_fp: Pubkey
    pool_program: Pubkey
    pool_authority: Pubkey
    pool_fp: Pubkey
    dev: bool
    bump: u8


class PremiumAccount(Account):
    market_id: Pubkey
    escrow: Pubkey
    active: bool
    genesis: i64
    epoch_seconds: u64
    rate_bps: u64
    has_rate: bool
    score: u64
    utilization_bps: u64
    open_interest: u64
    reserve_bps: u64
    score_epoch: u64
    grade: u8
    escrow_ledger: u64
    balance: i64
    floor_epoch: u64
    negative: bool
    negative_since: u64
    route_epoch: u64
    has_routed: bool
    total_collected: u64
    total_routed: u64
    total_bounty: u64
    acknowledged_offset: u64
    bump: u8

    def epoch_at(self, now: i64) -> u64:
        return u64((now - self.genesis) // i64(self.epoch_seconds))
