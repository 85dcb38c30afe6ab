"""One account against its row."""

from typing import Any

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.deploy.idl import is_idl
from offchain.indexer.projections.compare import Comparison, Mismatch, compare_account
from offchain.indexer.projections.rows import KINDS

BY_DISCRIMINATOR = {bytes(kind.discriminator): kind for kinds in KINDS.values() for kind in kinds}


def judge(address: Pubkey, row: Any, account: Account | None, into: Comparison) -> None:
    """Compare field by field; an account without a row, or a row without an account, differs too."""
    if account is None:
        if row is not None:
            into.mismatches.append(Mismatch(type(row).__name__, address, None, "an account", "nothing"))
        return
    if is_idl(account):
        return
    kind = BY_DISCRIMINATOR.get(account.data[:8])
    if kind is None:
        into.mismatches.append(Mismatch("account of an unknown type", address, None, "nothing", "an account"))
    else:
        compare_account(kind, address, row, account, into)
