"""What happened: events of the raw transactions, in the order of the chain (`tests/support/raw`)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from tests.support.raw.landed import Landed, history

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
    def transactions(self) -> list[Landed]:
        """Failed ones too, oldest first; each has a slot of its own, as on every local chain."""
        found = history(self.rpc)
        assert len({each.slot for each in found}) == len(found), "two transactions in one slot: which came first?"
        return found

    @cached_property
    def happened(self) -> list[Happened]:
        """Every event of the transactions that succeeded, oldest first."""
        return [
            Happened(event, landed.slot, landed.time, landed.signature)
            for landed in self.transactions
            if landed.succeeded
            for event in landed.events
        ]

    def of(self, kind: type[E]) -> list[tuple[Happened, E]]:
        """The events of one class, oldest first, each with its place."""
        return [(each, each.event) for each in self.happened if isinstance(each.event, kind)]
