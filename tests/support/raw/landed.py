"""Transactions that landed, as getTransaction tells them: who was called with what, what moved, what was said."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx
from based58 import b58decode

from offchain.chain.addresses import LOCALNET, TOKEN_PROGRAM
from offchain.chain.events import Event, parse_events
from tests.support.browser import ask
from tests.support.raw.names import Instruction, instruction_of

PAGE = 1_000
BATCH = 100
TRANSFER = 3
"""Tag of the token program's Transfer: then eight bytes, the atoms; accounts are source, destination, authority."""
_OPTIONS = {"encoding": "json", "commitment": "confirmed", "maxSupportedTransactionVersion": 0}


@dataclass(frozen=True)
class Transfer:
    """Tokens that moved; `owner` is the wallet of the account that received them."""

    destination: str
    owner: str
    atoms: int


@dataclass(frozen=True)
class Call:
    """One instruction of ours at the top of a transaction, with every transfer below it."""

    instruction: Instruction
    accounts: tuple[str, ...]
    transfers: tuple[Transfer, ...]

    def account(self, name: str) -> str:
        """The account that stands in the place of this name."""
        return self.accounts[self.instruction.accounts.index(name)]


@dataclass(frozen=True)
class Landed:
    """One transaction."""

    signature: str
    told: dict[str, Any]

    @property
    def slot(self) -> int:
        """Where it landed."""
        return int(self.told["slot"])

    @property
    def time(self) -> int:
        """Of its block, unix seconds."""
        return int(self.told["blockTime"])

    @property
    def succeeded(self) -> bool:
        """A failed one changes nothing but its payer's SOL."""
        return self.told["meta"]["err"] is None

    @cached_property
    def events(self) -> list[Event]:
        """What our programs said, in order; AssertionError where the node cut the logs off."""
        parsed = parse_events(self.told["meta"]["logMessages"])
        assert not parsed.truncated, self.signature
        return parsed.events

    @cached_property
    def calls(self) -> list[Call]:
        """Top-level instructions of our programs, in order."""
        return list(self._calls())

    def _calls(self) -> Iterator[Call]:
        message, inner = self.told["transaction"]["message"], self.told["meta"]["innerInstructions"]
        below = {each["index"]: each["instructions"] for each in inner}
        for number, each in enumerate(message["instructions"]):
            instruction = instruction_of(self._keys[each["programIdIndex"]], b58decode(each["data"].encode()))
            if instruction is not None:
                named = tuple(self._keys[at] for at in each["accounts"])
                yield Call(instruction, named, tuple(self._transfers(below.get(number, ()))))

    def _transfers(self, inner: Any) -> Iterator[Transfer]:
        owners = {each["accountIndex"]: each["owner"] for each in self.told["meta"]["postTokenBalances"]}
        for each in inner:
            data = b58decode(each["data"].encode())
            if self._keys[each["programIdIndex"]] == str(TOKEN_PROGRAM) and data[0] == TRANSFER:
                to = each["accounts"][1]
                yield Transfer(self._keys[to], owners[to], int.from_bytes(data[1:9], "little"))

    @cached_property
    def _keys(self) -> list[str]:
        loaded = self.told["meta"].get("loadedAddresses", {"writable": [], "readonly": []})
        return [*self.told["transaction"]["message"]["accountKeys"], *loaded["writable"], *loaded["readonly"]]


def history(rpc: str, *programs: str) -> list[Landed]:
    """Every transaction that names one of these programs, all of ours by default; oldest first by slot.

    Within a slot those of one program stand in the order of the chain.
    """
    named = [LOCALNET.programs[name] for name in programs] or list(LOCALNET.programs.values())
    listed: dict[str, int] = {}
    for program in named:
        listed |= {each["signature"]: each["slot"] for each in reversed(_listed(rpc, str(program)))}
    signatures = list(listed)
    pages = [signatures[at : at + BATCH] for at in range(0, len(signatures), BATCH)]
    found = [landed for page in pages for landed in _fetched(rpc, page)]
    return sorted(found, key=lambda landed: landed.slot)


def _listed(rpc: str, address: str) -> list[dict[str, Any]]:
    """Newest first."""
    found: list[dict[str, Any]] = []
    while True:
        before = {"before": found[-1]["signature"]} if found else {}
        options = {"limit": PAGE, "commitment": "confirmed", **before}
        page = ask(rpc, "getSignaturesForAddress", address, options)
        found += page
        if len(page) < PAGE:
            return found


def _fetched(rpc: str, signatures: list[str]) -> list[Landed]:
    """In one request."""
    asked = [
        {"jsonrpc": "2.0", "id": at, "method": "getTransaction", "params": [signature, _OPTIONS]}
        for at, signature in enumerate(signatures)
    ]
    answers = {each["id"]: each["result"] for each in httpx.post(rpc, json=asked, timeout=60).json()}
    return [Landed(signature, answers[at]) for at, signature in enumerate(signatures)]
