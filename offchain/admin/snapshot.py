"""The accounts of a transaction as fields, read the same way before it, after its simulation and after it landed."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module
from typing import Any

from solders.account import Account
from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.accounts import decode
from offchain.chain.addresses import TOKEN_PROGRAM, Addresses
from offchain.chain.idl import load_idl, snake
from offchain.chain.tokens import ACCOUNT_SIZE, token_balance

Fields = dict[str, Any]
"""Field -> integer, bool or text (addresses in base58)."""


@dataclass(frozen=True, slots=True)
class Place:
    """An account of a transaction."""

    program: str
    """The program whose instruction names it."""
    name: str
    """As that instruction's IDL names it."""
    address: Pubkey

    def __str__(self) -> str:
        return f"{self.program}.{self.name}"


@dataclass(frozen=True, slots=True)
class Seen:
    """An account at one moment."""

    place: Place
    kind: str
    """Its type; empty where there is no account, or none of ours."""
    fields: Fields


def places_of(instructions: Sequence[Instruction], at: Addresses) -> list[Place]:
    """Each account of the instructions once, by the name it has where it is first named."""
    found: dict[Pubkey, Place] = {}
    for instruction in instructions:
        program = at.name_of(instruction.program_id)
        if program is None:
            raise ValueError(f"{instruction.program_id} is no program of ours")
        names = account_names(program, bytes(instruction.data[:8]))
        for name, meta in zip(names, instruction.accounts, strict=False):
            found.setdefault(meta.pubkey, Place(program, name, meta.pubkey))
    return list(found.values())


def see(places: Sequence[Place], accounts: Sequence[Account | None], at: Addresses) -> dict[str, Seen]:
    """Place -> what is there; accounts that are neither ours nor token accounts hold no fields."""
    return {str(place): _see(place, account, at) for place, account in zip(places, accounts, strict=True)}


def hash_of(seen: Seen, fields: Iterable[str]) -> str:
    """SHA-256 over the account's address, type and these fields."""
    told = {name: seen.fields.get(name) for name in sorted(fields)}
    return digest([str(seen.place.address), seen.kind, told])


def digest(document: Any) -> str:
    """SHA-256 of a JSON document in one spelling."""
    return sha256(json.dumps(document, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@cache
def account_names(program: str, discriminator: bytes) -> tuple[str, ...]:
    """The accounts of an instruction as its IDL names them, in snake case."""
    for instruction in load_idl(program)["instructions"]:
        name = snake(instruction["name"])
        if sha256(f"global:{name}".encode()).digest()[:8] == discriminator:
            return tuple(snake(account["name"]) for account in instruction["accounts"])
    raise ValueError(f"{program} has no such instruction: the client and the IDL are of different versions")


def _see(place: Place, account: Account | None, at: Addresses) -> Seen:
    if account is None:
        return Seen(place, "", {})
    if account.owner == TOKEN_PROGRAM and len(account.data) == ACCOUNT_SIZE:
        held = token_balance(account, place.address)
        return Seen(place, "TokenAccount", {"owner": str(held.owner), "mint": str(held.mint), "amount": held.amount})
    program = at.name_of(account.owner)
    kind = _kinds(program).get(account.data[:8]) if program else None
    if kind is None:
        return Seen(place, "", {})
    found = decode(kind, account.data)
    names = [field.name for field in kind.layout.subcons]
    return Seen(place, kind.__name__, {name: _plain(getattr(found, name)) for name in names})


def _plain(value: Any) -> Any:
    if isinstance(value, Pubkey):
        return str(value)
    return list(value) if isinstance(value, list) else value


@cache
def _kinds(program: str) -> dict[bytes, Any]:
    """First eight bytes -> account class of a program."""
    module = import_module(f"offchain.chain.generated.{program}.accounts")
    kinds = [found for found in vars(module).values() if hasattr(found, "discriminator")]
    return {bytes(kind.discriminator): kind for kind in kinds}
