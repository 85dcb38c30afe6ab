"""What the chain still holds of everything that a transaction named: programs, mints, oracles, lookup tables."""

from base64 import b64decode
from collections.abc import Iterable, Sequence
from typing import Any

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.backends.nodes import Nodes
from offchain.indexer.raw import RawTransaction
from offchain.localnet.programs import data_of_program

Evidence = dict[Pubkey, Account | None]
"""Accounts as they are now; None where there is none any more."""
_AT_ONCE = 100
"""Accounts in one request."""


async def gather_evidence(nodes: Nodes, raws: Iterable[RawTransaction]) -> Evidence:
    """Read the accounts that these transactions name, and the bytecode of the programs among them."""
    wanted = dict.fromkeys(key for raw in raws for key in keys_of(raw))
    found = await _read(nodes, list(wanted))
    code = [data for account in found.values() if (data := data_of_program(account)) is not None]
    return {**found, **await _read(nodes, [key for key in dict.fromkeys(code) if key not in found])}


def keys_of(raw: RawTransaction) -> list[Pubkey]:
    """The transaction's own keys, and the lookup tables it takes others from."""
    message = raw.document["transaction"]["message"]
    tables = [lookup["accountKey"] for lookup in message.get("addressTableLookups") or ()]
    return [Pubkey.from_string(key) for key in (*all_keys(raw.document), *tables)]


def all_keys(document: dict[str, Any]) -> list[str]:
    """Static keys, then those loaded from tables to be written, then those to be read; base58."""
    loaded = document["meta"].get("loadedAddresses") or {}
    keys = document["transaction"]["message"]["accountKeys"]
    return [*keys, *loaded.get("writable", ()), *loaded.get("readonly", ())]


async def _read(nodes: Nodes, keys: Sequence[Pubkey]) -> Evidence:
    found: Evidence = {}
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        options = {"encoding": "base64", "commitment": "confirmed"}
        told = await nodes.ask("getMultipleAccounts", [str(key) for key in part], options, read=_accounts)
        found.update(zip(part, told, strict=True))
    return found


def _accounts(answer: Any) -> list[Account | None]:
    return [None if entry is None else _account(entry) for entry in answer["value"]]


def _account(entry: dict[str, Any]) -> Account:
    owner = Pubkey.from_string(entry["owner"])
    return Account(entry["lamports"], b64decode(entry["data"][0]), owner, bool(entry["executable"]))
