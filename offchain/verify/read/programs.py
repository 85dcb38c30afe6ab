"""The five programs: their instructions by discriminator, and the layout of their accounts."""

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from solders.pubkey import Pubkey

from offchain.settings.paths import ARTIFACTS
from offchain.settings.project import load_project
from offchain.verify.errors import VerifyError
from offchain.verify.evidence.model import Account, Call
from offchain.verify.read.borsh import Cursor, Type

DISCRIMINATOR_BYTES = 8
IDL_TAG = sha256(b"anchor:idl").digest()[:DISCRIMINATOR_BYTES][::-1]
"""Begins Anchor's own instruction in every program, which writes the published IDL and reaches no other account."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """How an instruction is written: its arguments with their types, and the names of its accounts."""

    program: str
    name: str
    arguments: list[tuple[str, Type]]
    accounts: list[str]


@dataclass(frozen=True, slots=True)
class Said:
    """An instruction that was run, read."""

    program: str
    name: str
    arguments: dict[str, Any]
    accounts: dict[str, Pubkey]


def snake(name: str) -> str:
    """camelCase -> snake_case."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def discriminator(namespace: str, name: str) -> bytes:
    """The first bytes of an instruction's data (`global`) or of an account's (`account`)."""
    return sha256(f"{namespace}:{name}".encode()).digest()[:DISCRIMINATOR_BYTES]


class Programs:
    """The programs of a cluster."""

    def __init__(self, cluster: str = "localnet") -> None:
        """Reads the committed interface descriptions; SettingsError for a cluster without them."""
        project = load_project()
        self.names = {Pubkey.from_string(project.program_id(name, cluster)): name for name in project.programs}
        self.addresses = {name: address for address, name in self.names.items()}
        self._instructions: dict[tuple[Pubkey, bytes], Instruction] = {}
        self._accounts: dict[tuple[Pubkey, bytes], tuple[str, list[tuple[str, Type]]]] = {}
        for address, name in self.names.items():
            self._add(address, name, json.loads((ARTIFACTS / "idl" / f"{name}.json").read_text(encoding="utf-8")))

    def _add(self, address: Pubkey, program: str, idl: dict[str, Any]) -> None:
        for entry in idl["instructions"]:
            name = snake(entry["name"])
            arguments = [(snake(one["name"]), one["type"]) for one in entry["args"]]
            instruction = Instruction(program, name, arguments, [snake(one["name"]) for one in entry["accounts"]])
            self._instructions[address, discriminator("global", name)] = instruction
        for entry in idl["accounts"]:
            fields = [(snake(one["name"]), one["type"]) for one in entry["type"]["fields"]]
            self._accounts[address, discriminator("account", entry["name"])] = (entry["name"], fields)

    def said(self, call: Call) -> Said | None:
        """What a call of one of the programs says; None for other programs. ValueError when it can't be read."""
        if call.program not in self.names or call.data.startswith(IDL_TAG):
            return None
        instruction = self._instructions.get((call.program, call.data[:DISCRIMINATOR_BYTES]))
        if instruction is None:
            raise ValueError(f"{self.names[call.program]} has no instruction {call.data[:8].hex()}")
        cursor = Cursor(call.data, DISCRIMINATOR_BYTES)
        arguments = {name: cursor.read(kind) for name, kind in instruction.arguments}
        accounts = dict(zip(instruction.accounts, call.accounts, strict=False))
        return Said(instruction.program, instruction.name, arguments, accounts)

    def held(self, account: Account) -> tuple[str, dict[str, Any]] | None:
        """Kind and fields of a program's account; None for any other account."""
        layout = self._accounts.get((account.owner, account.data[:DISCRIMINATOR_BYTES]))
        if layout is None:
            return None
        kind, fields = layout
        cursor = Cursor(account.data, DISCRIMINATOR_BYTES)
        return kind, {name: cursor.read(type_) for name, type_ in fields}

    def mint(self, accounts: dict[Pubkey, Account]) -> Pubkey:
        """The mint the pools are denominated in; VerifyError when they are not set up."""
        pools = self.addresses["insurance_pool"]
        for account in accounts.values():
            if account.owner == pools:
                held = self.held(account)
                if held is not None and held[0] == "PoolConfig":
                    mint: Pubkey = held[1]["mint"]
                    return mint
        raise VerifyError(
            "there is no configured insurance pool on this chain: name the chain of a demo or a deployment"
        )
