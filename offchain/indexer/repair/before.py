"""The accounts of a transaction as they were right before it ran.

Ours are known from the projections, field by field; lamports and tokens stand in the transaction's own record. What
is left (mints, oracles' prices, the adapters' rules) is taken as it is now: should it have changed since, the run does
not come out as the record says, and is not believed.
"""

from collections.abc import Mapping
from typing import Any

from solders.account import Account
from solders.pubkey import Pubkey
from solders.token.state import TokenAccount, TokenAccountState

from offchain.chain.addresses import SYSTEM_PROGRAM, Addresses
from offchain.indexer.projections.rows import KINDS, fields_of
from offchain.indexer.raw import RawTransaction
from offchain.indexer.repair.evidence import Evidence, all_keys
from offchain.localnet.limits import RENT_EXEMPT_EPOCH

Rows = Mapping[Pubkey, Any]
"""Projected rows by address."""
_PROGRAM_OF = {kind: program for program, kinds in KINDS.items() for kind in kinds}


def accounts_before(raw: RawTransaction, rows: Rows, now: Evidence, at: Addresses) -> Evidence:
    """Every account that the transaction names, but for programs and sysvars; None where there was none."""
    meta = raw.document["meta"]
    tokens = {entry["accountIndex"]: entry for entry in meta.get("preTokenBalances") or ()}
    found: Evidence = {}
    for index, (text, lamports) in enumerate(zip(all_keys(raw.document), meta["preBalances"], strict=True)):
        key = Pubkey.from_string(text)
        held = now.get(key)
        if held is not None and held.executable:
            continue
        if not lamports:
            found[key] = None
        elif key in rows:
            found[key] = _projected(rows[key], lamports, held, at)
        elif index in tokens:
            found[key] = _token(tokens[index], lamports)
        elif held is None:
            found[key] = _account(lamports, b"", SYSTEM_PROGRAM)
        else:
            found[key] = _account(lamports, held.data, held.owner)
    return found


def _projected(row: Any, lamports: int, held: Account | None, at: Addresses) -> Account:
    kind = type(row)
    body = kind.layout.build({name: getattr(row, name) for name in fields_of(kind)})
    data = bytes(kind.discriminator) + bytes(body)
    size = len(data) if held is None else max(len(data), len(held.data))
    return _account(lamports, data.ljust(size, b"\0"), at.programs[_PROGRAM_OF[kind]])


def _token(entry: dict[str, Any], lamports: int) -> Account:
    """A plain token account: who may spend from it besides its owner is not told, and none of our programs asks."""
    state = TokenAccount(
        mint=Pubkey.from_string(entry["mint"]),
        owner=Pubkey.from_string(entry["owner"]),
        amount=int(entry["uiTokenAmount"]["amount"]),
        delegate=None,
        state=TokenAccountState.Initialized,
        is_native=None,
        delegated_amount=0,
        close_authority=None,
    )
    return _account(lamports, bytes(state), Pubkey.from_string(entry["programId"]))


def _account(lamports: int, data: bytes, owner: Pubkey) -> Account:
    return Account(lamports, data, owner, False, RENT_EXEMPT_EPOCH)
