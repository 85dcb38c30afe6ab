# What an initialisation, the terms of a market and the guardian's stop write.
from seahorse.prelude import *
from lib.generated.params import DEV, PAUSE_COOLDOWN, PAUSE_SECONDS
from lib.pool.accounts import InsurancePool, PoolConfig, ProviderPosition
from lib.pool.vesting import MARK_ONE


def check_admin(config: PoolConfig, admin: Pubkey):
    assert admin == config.admin, 'E_ADMIN: only the admin may do this'


# Deposits stop for a bounded time, and not again before the cooldown is over.
def stop(config: PoolConfig, guardian: Pubkey, now: i64):
    assert guardian == config.guardian, 'E_GUARDIAN: only the guardian may stop deposits'
    assert now >= config.pause_allowed_at, 'E_EARLY: the last stop was too recent'
    config.paused_until = now + PAUSE_SECONDS
    config.pause_allowed_at = now + PAUSE_COOLDOWN


def appoint(config: PoolConfig, admin: Pubkey, guardian: Pubkey, treasury: Pubkey, mint: Pubkey, bump: u8):
    config.admin = admin
    config.guardian = guardian
    config.treasury = treasury
    config.mint = mint
    config.dev = DEV
    config.bump = bump


# The peers: their programs, the PDAs they sign with, and fingerprints by which a program that is passed is recognised.
def trust(config: PoolConfig, risk_program: Pubkey, premium_program: Pubkey, handler_program: Pubkey):
    config.risk_program = risk_program
    config.risk_authority = Pubkey.find_program_address(['config'], risk_program)[0]
    config.risk_fp = Pubkey.find_program_address(['peer', risk_program])[0]
    config.premium_program = premium_program
    config.premium_authority = Pubkey.find_program_address(['config'], premium_program)[0]
    config.premium_fp = Pubkey.find_program_address(['peer', premium_program])[0]
    config.handler_authority = Pubkey.find_program_address(['config'], handler_program)[0]
    config.handler_fp = Pubkey.find_program_address(['peer', handler_program])[0]


# The accounts of the market that this pool serves, in the market's program and in the peers.
def bind(config: PoolConfig, pool: InsurancePool, market_vault: Pubkey, creator: Pubkey, engine_program: Pubkey):
    market_id = pool.market_id
    risk_program = config.risk_program
    premium_program = config.premium_program
    pool.market_vault = market_vault
    pool.creator = creator
    pool.engine_fp = Pubkey.find_program_address(['peer', engine_program])[0]
    pool.inputs = Pubkey.find_program_address(['inputs', market_id], risk_program)[0]
    pool.premium = Pubkey.find_program_address(['premium', market_id], premium_program)[0]


# The first push fixes the pool's market for ever; later ones change lock and notice of new positions only.
def accept_terms(pool: InsurancePool, genesis: i64, epoch_seconds: u64, lock: u64, notice: u64, fee_bps: u64):
    if not pool.active:
        pool.active = True
        pool.genesis = genesis
        pool.epoch_seconds = epoch_seconds
        pool.performance_fee_bps = fee_bps
        pool.high_water_mark = MARK_ONE
    pool.lock_epochs = lock
    pool.notice_epochs = notice


# A position keeps the lock and notice of its deposit.
def start_position(position: ProviderPosition, pool: InsurancePool, provider: Pubkey, epoch: u64, bump: u8):
    position.provider = provider
    position.market_id = pool.market_id
    position.entry_epoch = epoch
    position.lock_epochs = pool.lock_epochs
    position.notice_epochs = pool.notice_epochs
    position.unlock_epoch = epoch + pool.lock_epochs
    position.generation = pool.generation
    position.bump = bump
