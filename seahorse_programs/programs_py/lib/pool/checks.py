# Who may call, and which token accounts money may touch.
from seahorse.prelude import *
from lib.pool.accounts import InsurancePool


def check_authority(caller: Pubkey, peer: Pubkey):
    assert caller == peer, 'E_AUTHORITY: only the program that this pool trusts may call this'


def check_program(fingerprint: Pubkey, stored: Pubkey):
    assert fingerprint == stored, 'E_PROGRAM: this is not the program that the pool was set up with'


def check_relation(passed: Pubkey, stored: Pubkey):
    assert passed == stored, 'E_RELATION: pass the accounts of the market of this pool'


def check_vault(pool: InsurancePool, vault: Pubkey):
    assert vault == pool.vault, 'E_VAULT: pass the vault of this pool'


# Money leaves only to a token account of whoever is entitled to it.
def check_destination(owner: Pubkey, entitled: Pubkey):
    assert owner == entitled, 'E_RELATION: the destination must belong to the receiver'
