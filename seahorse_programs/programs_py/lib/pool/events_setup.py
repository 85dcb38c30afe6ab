# Events of configuration, powers and a pool's terms.
from seahorse.prelude import *
from lib.pool.accounts import InsurancePool, PoolConfig


@dataclass
class PoolConfigCreated(Event):
    actor: Pubkey
    guardian: Pubkey
    mint: Pubkey
    treasury: Pubkey
    risk_authority: Pubkey
    premium_authority: Pubkey
    handler_authority: Pubkey
    dev: bool


@dataclass
class PoolAdminProposed(Event):
    actor: Pubkey
    pending_before: Pubkey
    pending_after: Pubkey


@dataclass
class PoolAdminAccepted(Event):
    actor: Pubkey
    admin_before: Pubkey
    admin_after: Pubkey


@dataclass
class PoolGuardianSet(Event):
    actor: Pubkey
    guardian_before: Pubkey
    guardian_after: Pubkey


@dataclass
class DepositsStopped(Event):
    actor: Pubkey
    slot: u64
    paused_until_before: i64
    paused_until_after: i64
    pause_allowed_at: i64


@dataclass
class PoolOpened(Event):
    market_id: Pubkey
    actor: Pubkey


@dataclass
class PoolVaultOpened(Event):
    market_id: Pubkey
    actor: Pubkey
    vault: Pubkey


@dataclass
class PoolTermsSet(Event):
    market_id: Pubkey
    actor: Pubkey
    market_vault: Pubkey
    creator: Pubkey
    engine_fp: Pubkey
    genesis: i64
    epoch_seconds: u64
    performance_fee_bps: u64
    lock_before: u64
    lock_after: u64
    notice_before: u64
    notice_after: u64


def emit_config_created(actor: Pubkey, c: PoolConfig):
    e = PoolConfigCreated(
        actor, c.guardian, c.mint, c.treasury, c.risk_authority, c.premium_authority, c.handler_authority, c.dev
    )
    e.emit()


def emit_admin_proposed(actor: Pubkey, before: Pubkey, after: Pubkey):
    e = PoolAdminProposed(actor, before, after)
    e.emit()


def emit_admin_accepted(actor: Pubkey, before: Pubkey, after: Pubkey):
    e = PoolAdminAccepted(actor, before, after)
    e.emit()


def emit_guardian_set(actor: Pubkey, before: Pubkey, after: Pubkey):
    e = PoolGuardianSet(actor, before, after)
    e.emit()


def emit_deposits_stopped(actor: Pubkey, slot: u64, before: i64, c: PoolConfig):
    e = DepositsStopped(actor, slot, before, c.paused_until, c.pause_allowed_at)
    e.emit()


def emit_pool_opened(market_id: Pubkey, actor: Pubkey):
    e = PoolOpened(market_id, actor)
    e.emit()


def emit_vault_opened(market_id: Pubkey, actor: Pubkey, vault: Pubkey):
    e = PoolVaultOpened(market_id, actor, vault)
    e.emit()


def emit_terms_set(actor: Pubkey, p: InsurancePool, lock_before: u64, notice_before: u64):
    e = PoolTermsSet(
        p.market_id,
        actor,
        p.market_vault,
        p.creator,
        p.engine_fp,
        p.genesis,
        p.epoch_seconds,
        p.performance_fee_bps,
        lock_before,
        p.lock_epochs,
        notice_before,
        p.notice_epochs,
    )
    e.emit()
