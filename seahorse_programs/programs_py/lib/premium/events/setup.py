# Events of configuration, accounts and terms.
from seahorse.prelude import *
from lib.premium.accounts import PremiumAccount


@dataclass
class ConfigInitialized(Event):
    actor: Pubkey
    guardian: Pubkey
    mint: Pubkey
    dev: bool
    slot: u64


@dataclass
class PremiumOpened(Event):
    market_id: Pubkey
    actor: Pubkey
    slot: u64


@dataclass
class EscrowOpened(Event):
    market_id: Pubkey
    actor: Pubkey
    escrow: Pubkey
    slot: u64


@dataclass
class TermsSet(Event):
    market_id: Pubkey
    genesis: i64
    epoch_seconds: u64


def emit_initialized(actor: Pubkey, guardian: Pubkey, mint: Pubkey, dev: bool, slot: u64):
    event = ConfigInitialized(actor, guardian, mint, dev, slot)
    event.emit()


def emit_opened(premium: PremiumAccount, actor: Pubkey, slot: u64):
    event = PremiumOpened(premium.market_id, actor, slot)
    event.emit()


def emit_escrow(premium: PremiumAccount, actor: Pubkey, slot: u64):
    event = EscrowOpened(premium.market_id, actor, premium.escrow, slot)
    event.emit()


def emit_terms(premium: PremiumAccount):
    event = TermsSet(premium.market_id, premium.genesis, premium.epoch_seconds)
    event.emit()
