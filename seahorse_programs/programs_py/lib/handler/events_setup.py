# Events of configuration, powers and a registry's terms.
from seahorse.prelude import *
from lib.handler.accounts import ClaimRegistry, HandlerConfig


@dataclass
class HandlerConfigCreated(Event):
    actor: Pubkey
    guardian: Pubkey
    risk_authority: Pubkey
    pool_authority: Pubkey
    dev: bool


@dataclass
class HandlerAdminProposed(Event):
    actor: Pubkey
    pending_before: Pubkey
    pending_after: Pubkey


@dataclass
class HandlerAdminAccepted(Event):
    actor: Pubkey
    admin_before: Pubkey
    admin_after: Pubkey


@dataclass
class HandlerGuardianSet(Event):
    actor: Pubkey
    guardian_before: Pubkey
    guardian_after: Pubkey


@dataclass
class RegistryOpened(Event):
    market_id: Pubkey
    actor: Pubkey


@dataclass
class HandlerTermsSet(Event):
    market_id: Pubkey
    actor: Pubkey
    engine_fp: Pubkey
    pool: Pubkey
    threshold: u64
    genesis: i64
    epoch_seconds: u64


def emit_config_created(actor: Pubkey, c: HandlerConfig):
    e = HandlerConfigCreated(actor, c.guardian, c.risk_authority, c.pool_authority, c.dev)
    e.emit()


def emit_admin_proposed(actor: Pubkey, before: Pubkey, after: Pubkey):
    e = HandlerAdminProposed(actor, before, after)
    e.emit()


def emit_admin_accepted(actor: Pubkey, before: Pubkey, after: Pubkey):
    e = HandlerAdminAccepted(actor, before, after)
    e.emit()


def emit_guardian_set(actor: Pubkey, before: Pubkey, after: Pubkey):
    e = HandlerGuardianSet(actor, before, after)
    e.emit()


def emit_registry_opened(market_id: Pubkey, actor: Pubkey):
    e = RegistryOpened(market_id, actor)
    e.emit()


def emit_terms_set(actor: Pubkey, r: ClaimRegistry):
    e = HandlerTermsSet(r.market_id, actor, r.engine_fp, r.pool, r.threshold, r.genesis, r.epoch_seconds)
    e.emit()
