"""Accounts as a node holds them, each with the slot for which that is true."""

from base64 import b64decode
from collections.abc import Iterable, Sequence
from typing import Any

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.addresses import Addresses
from offchain.chain.backends.nodes import Nodes
from offchain.indexer.projections.rows import KINDS

Looks = dict[Pubkey, tuple[int, Account | None]]
"""Address -> slot and account; None where there is none."""
PAGE = 100
"""Accounts in one request."""
_OPTIONS = {"encoding": "base64", "commitment": "confirmed"}


async def look_at_all(nodes: Nodes, at: Addresses, known: Iterable[Pubkey], owners: dict[Pubkey, str]) -> Looks:
    """Every account of our programs, and `known` ones that are gone; `owners` says whose the known ones are."""
    looks: Looks = {}
    slots = {}
    for program in KINDS:
        slot, found = await nodes.ask(
            "getProgramAccounts", str(at.programs[program]), {**_OPTIONS, "withContext": True}, read=_program
        )
        slots[program] = slot
        looks.update({address: (slot, account) for address, account in found})
    for address in known:
        looks.setdefault(address, (slots[owners[address]], None))
    return looks


async def look_at(nodes: Nodes, addresses: Sequence[Pubkey]) -> Looks:
    """Some accounts, again."""
    looks: Looks = {}
    for start in range(0, len(addresses), PAGE):
        part = addresses[start : start + PAGE]
        slot, found = await nodes.ask("getMultipleAccounts", [str(key) for key in part], _OPTIONS, read=_several)
        looks.update({address: (slot, account) for address, account in zip(part, found, strict=True)})
    return looks


def _program(answer: Any) -> tuple[int, list[tuple[Pubkey, Account]]]:
    accounts = [(Pubkey.from_string(entry["pubkey"]), _account(entry["account"])) for entry in answer["value"]]
    return int(answer["context"]["slot"]), accounts


def _several(answer: Any) -> tuple[int, list[Account | None]]:
    accounts = [None if entry is None else _account(entry) for entry in answer["value"]]
    return int(answer["context"]["slot"]), accounts


def _account(entry: dict[str, Any]) -> Account:
    return Account(entry["lamports"], b64decode(entry["data"][0]), Pubkey.from_string(entry["owner"]))
