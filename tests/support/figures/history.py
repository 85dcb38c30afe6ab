"""What happened: events of the raw transactions, in the order of the chain, by plain RPC and the generated decoders."""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import httpx

from offchain.chain.addresses import LOCALNET
from offchain.chain.events.generated import EVENTS
from tests.support.browser import ask

PAGE = 1_000
"""Signatures in one answer."""
DATA = "Program data: "
E = TypeVar("E")


@dataclass(frozen=True)
class Happened:
    """One event and where it stands."""

    event: Any
    """Of a class in offchain/chain/events/generated."""
    slot: int
    time: int
    """Of its block, unix seconds."""
    signature: str


class History:
    """Transactions of the project's programs; read once."""

    def __init__(self, rpc: str) -> None:
        self.rpc = rpc

    @cached_property
    def transactions(self) -> list[dict[str, Any]]:
        """Raw answers of getTransaction, failed ones too, oldest first; each has a slot of its own."""
        signatures = {each for program in LOCALNET.deployed.values() for each in self._signatures(str(program))}
        with httpx.Client(timeout=20) as client:
            found = [self._transaction(client, signature) for signature in signatures]
        found.sort(key=lambda each: each["slot"])
        assert len({each["slot"] for each in found}) == len(found), "two transactions in one slot: which came first?"
        return found

    @cached_property
    def happened(self) -> list[Happened]:
        """Every event of the transactions that succeeded, oldest first."""
        return [each for transaction in self.transactions for each in _events(transaction)]

    def of(self, kind: type[E]) -> list[tuple[Happened, E]]:
        """The events of one class, oldest first, each with its place."""
        return [(each, each.event) for each in self.happened if isinstance(each.event, kind)]

    def _signatures(self, program: str) -> Iterator[str]:
        wanted: dict[str, Any] = {"commitment": "confirmed", "limit": PAGE}
        while True:
            found = ask(self.rpc, "getSignaturesForAddress", program, wanted)
            yield from (each["signature"] for each in found)
            if len(found) < PAGE:
                return
            wanted["before"] = found[-1]["signature"]

    def _transaction(self, client: httpx.Client, signature: str) -> dict[str, Any]:
        wanted = {"commitment": "confirmed", "encoding": "json", "maxSupportedTransactionVersion": 0}
        body = {"jsonrpc": "2.0", "id": 1, "method": "getTransaction", "params": [signature, wanted]}
        found: dict[str, Any] = client.post(self.rpc, json=body).json()["result"]
        return found | {"signature": signature}


def _events(transaction: dict[str, Any]) -> Iterator[Happened]:
    """Data lines count as events of the program that is running when they are written."""
    if transaction["meta"]["err"] is not None:
        return
    running: list[str] = []
    for line in transaction["meta"]["logMessages"]:
        assert line != "Log truncated", transaction["signature"]
        words = line.split(" ")
        if line.startswith(DATA):
            event = _decode(running[-1], b64decode(line.removeprefix(DATA)))
            if event is not None:
                yield Happened(event, transaction["slot"], transaction["blockTime"], transaction["signature"])
        elif words[0] == "Program" and words[2:3] == ["invoke"]:
            running.append(words[1])
        elif words[0] == "Program" and words[2:3] == ["success"]:
            running.pop()


def _decode(program: str, data: bytes) -> Any:
    for kind in EVENTS:
        known = str(LOCALNET.deployed.get(kind.PROGRAM)) == program
        if known and data.startswith(kind.DISCRIMINATOR):
            return kind.decode(data[len(kind.DISCRIMINATOR) :])
    assert program not in map(str, LOCALNET.deployed.values()), f"{program}: an event that the client does not know"
    return None
