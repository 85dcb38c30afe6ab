# Events of who holds the powers over a program: the risk engine's and the premium manager's.
from seahorse.prelude import *


@dataclass
class AdminProposed(Event):
    actor: Pubkey
    before: Pubkey
    after: Pubkey


@dataclass
class AdminAccepted(Event):
    actor: Pubkey
    before: Pubkey
    after: Pubkey


@dataclass
class GuardianSet(Event):
    actor: Pubkey
    before: Pubkey
    after: Pubkey


def emit_proposed(actor: Pubkey, before: Pubkey, after: Pubkey):
    event = AdminProposed(actor, before, after)
    event.emit()


def emit_accepted(actor: Pubkey, before: Pubkey, after: Pubkey):
    event = AdminAccepted(actor, before, after)
    event.emit()


def emit_guardian(actor: Pubkey, before: Pubkey, after: Pubkey):
    event = GuardianSet(actor, before, after)
    event.emit()
