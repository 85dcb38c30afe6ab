"""Instructions by their bytes: from the IDLs, as Anchor computes their first eight bytes."""

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from offchain.chain.addresses import LOCALNET
from offchain.settings.paths import ARTIFACTS

HEAD = 8
UPLOADS = sha256(b"anchor:idl").digest()[:HEAD][::-1]
"""Every Anchor program takes its own IDL with these: not an instruction of ours."""


@dataclass(frozen=True)
class Instruction:
    """What a program can be asked."""

    program: str
    name: str
    accounts: tuple[str, ...]
    """Names of its accounts in their order; more may follow in a call."""


def instruction_of(program: str, data: bytes) -> Instruction | None:
    """The instruction that these bytes call; None for another program than ours, and where an IDL is uploaded."""
    name = next((name for name, key in LOCALNET.programs.items() if str(key) == program), None)
    return None if name is None or data[:HEAD] == UPLOADS else _instructions(name)[data[:HEAD]]


@cache
def _instructions(program: str) -> dict[bytes, Instruction]:
    idl = json.loads((ARTIFACTS / "idl" / f"{program}.json").read_text())
    found = [
        Instruction(program, _snake(each["name"]), tuple(_snake(account["name"]) for account in each["accounts"]))
        for each in idl["instructions"]
    ]
    return {sha256(f"global:{each.name}".encode()).digest()[:HEAD]: each for each in found}


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
