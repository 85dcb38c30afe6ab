# Who may call, and which accounts belong together.
from seahorse.prelude import *
from lib.handler.accounts import ClaimRecord, ClaimRegistry, HandlerConfig


def check_admin(config: HandlerConfig, admin: Pubkey):
    assert admin == config.admin, 'E_ADMIN: only the admin may do this'


def check_authority(caller: Pubkey, entitled: Pubkey):
    assert caller == entitled, 'E_AUTHORITY: only the program or key that is entitled may call this'


def check_program(fingerprint: Pubkey, stored: Pubkey):
    assert fingerprint == stored, 'E_PROGRAM: this is not the program that the market was set up with'


def check_record(registry: ClaimRegistry, claim: ClaimRecord):
    assert claim.market_id == registry.market_id, 'E_RELATION: pass a claim record of this market'


def check_pool(registry: ClaimRegistry, pool: Pubkey):
    assert pool == registry.pool, 'E_RELATION: pass the pool of this market'
