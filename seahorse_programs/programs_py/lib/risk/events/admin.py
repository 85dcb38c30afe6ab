# Events of the engine's configuration: the start, markets' programs, and pauses.
from seahorse.prelude import *


@dataclass
class ConfigInitialized(Event):
    actor: Pubkey
    guardian: Pubkey
    mint: Pubkey
    genesis: i64
    epoch_seconds: u64
    dev: bool
    slot: u64


@dataclass
class EngineListed(Event):
    actor: Pubkey
    program: Pubkey
    before: bool
    after: bool


@dataclass
class RegistrationsStopped(Event):
    actor: Pubkey
    before: i64
    after: i64
    allowed_again_at: i64
    epoch: u64
    slot: u64


def emit_initialized(actor: Pubkey, guardian: Pubkey, mint: Pubkey, genesis: i64, seconds: u64, dev: bool, slot: u64):
    event = ConfigInitialized(actor, guardian, mint, genesis, seconds, dev, slot)
    event.emit()


def emit_listed(actor: Pubkey, program: Pubkey, before: bool, after: bool):
    event = EngineListed(actor, program, before, after)
    event.emit()


def emit_stopped(actor: Pubkey, before: i64, after: i64, allowed_again_at: i64, epoch: u64, slot: u64):
    event = RegistrationsStopped(actor, before, after, allowed_again_at, epoch, slot)
    event.emit()
