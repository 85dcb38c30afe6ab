"""Payments inside a transaction, from its instructions and from those that the programs call themselves.

Nodes give inner instructions of known programs already parsed, local chains as bytes: both are read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from based58 import b58decode
from solders.message import Message, MessageV0
from solders.pubkey import Pubkey

from offchain.chain.addresses import SYSTEM_PROGRAM, TOKEN_PROGRAM

_CREATE, _TRANSFER = 0, 2
_TOKEN_TRANSFER, _TOKEN_TRANSFER_CHECKED = 3, 12
_PARSED_TOKEN = ("transfer", "transferChecked")
_PARSED_SOL = {"transfer": "destination", "createAccount": "newAccount"}
"""Parsed type -> the field that names the receiver."""


@dataclass(frozen=True, slots=True)
class Flow:
    """One payment."""

    is_token: bool
    """Otherwise lamports."""
    source: Pubkey
    destination: Pubkey
    amount: int


def flows(message: Message | MessageV0, inner: Any) -> list[Flow]:
    """Every payment of tokens or lamports, in order; `inner` as simulateTransaction gives it."""
    keys = list(message.account_keys)
    called = {int(group["index"]): group["instructions"] for group in inner or ()}
    found: list[Flow | None] = []
    for index, top in enumerate(message.instructions):
        accounts = [keys[number] for number in bytes(top.accounts)]
        found.append(_raw(keys[top.program_id_index], accounts, bytes(top.data)))
        found += [_inner(entry) for entry in called.get(index, ())]
    return [flow for flow in found if flow is not None and flow.amount]


def net(found: Iterable[Flow], is_token: bool) -> dict[Pubkey, int]:
    """Account -> what these payments change of it."""
    changes: dict[Pubkey, int] = {}
    for flow in found:
        if flow.is_token == is_token:
            changes[flow.source] = changes.get(flow.source, 0) - flow.amount
            changes[flow.destination] = changes.get(flow.destination, 0) + flow.amount
    return changes


def _inner(entry: Any) -> Flow | None:
    program = Pubkey.from_string(entry["programId"])
    parsed = entry.get("parsed")
    if parsed is None:
        accounts = [Pubkey.from_string(key) for key in entry["accounts"]]
        return _raw(program, accounts, b58decode(entry["data"].encode()) if entry["data"] else b"")
    if not isinstance(parsed, dict):
        return None
    kind, info = parsed["type"], parsed["info"]
    if program == TOKEN_PROGRAM and kind in _PARSED_TOKEN:
        amount = info["amount"] if kind == "transfer" else info["tokenAmount"]["amount"]
        return Flow(True, _key(info["source"]), _key(info["destination"]), int(amount))
    if program == SYSTEM_PROGRAM and kind in _PARSED_SOL:
        return Flow(False, _key(info["source"]), _key(info[_PARSED_SOL[kind]]), int(info["lamports"]))
    return None


def _raw(program: Pubkey, accounts: list[Pubkey], data: bytes) -> Flow | None:
    if program == TOKEN_PROGRAM and data[:1] == bytes([_TOKEN_TRANSFER]):
        return Flow(True, accounts[0], accounts[1], int.from_bytes(data[1:9], "little"))
    if program == TOKEN_PROGRAM and data[:1] == bytes([_TOKEN_TRANSFER_CHECKED]):
        return Flow(True, accounts[0], accounts[2], int.from_bytes(data[1:9], "little"))
    if program == SYSTEM_PROGRAM and int.from_bytes(data[:4], "little") in (_CREATE, _TRANSFER):
        return Flow(False, accounts[0], accounts[1], int.from_bytes(data[4:12], "little"))
    return None


def _key(text: str) -> Pubkey:
    return Pubkey.from_string(text)
