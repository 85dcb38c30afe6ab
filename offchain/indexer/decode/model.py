"""What a decoded transaction consists of."""

from dataclasses import dataclass, field
from typing import Any

import msgspec

from offchain.chain.errors import Cause
from offchain.chain.events.base import Event
from offchain.indexer.decode.idl import event_json


@dataclass(slots=True)
class DecodedInstruction:
    """One call, made by the transaction itself or by a program."""

    signature: str
    path: str
    """`2` for the third instruction, `2.0.1` for the second call of its first call."""
    position: int
    """Order of the calls in the transaction, from 0."""
    program: str
    """Name of one of our programs, otherwise its address."""
    name: str | None
    """Snake case; None where the program is not ours, or the instruction not known."""
    market_id: str | None
    """Base58; None where neither the instruction, its events nor its accounts tell it."""
    args_text: str
    """The arguments as JSON."""
    accounts_text: str
    """The accounts as JSON."""
    addresses: list[str] = field(repr=False)
    """The accounts in their order, base58."""

    @property
    def args(self) -> dict[str, Any]:
        """By name as in the IDL, in snake case; 64-bit integers as decimal strings. Empty where the name is None."""
        found: dict[str, Any] = msgspec.json.decode(self.args_text)
        return found

    @property
    def accounts(self) -> dict[str, str]:
        """Name -> address, base58; by number ("0", "1", ...) where the name is None or beyond the named ones."""
        found: dict[str, str] = msgspec.json.decode(self.accounts_text)
        return found


@dataclass(slots=True)
class DecodedEvent:
    """One event with its place in the chain; all events have the total order (slot, position, number)."""

    signature: str
    number: int
    """Order of the events in their transaction, from 0."""
    slot: int
    position: int
    """Of the transaction in its slot."""
    block_time: int | None
    path: str
    """Of the instruction that emitted it, see DecodedInstruction."""
    program: str
    name: str
    market_id: str | None
    """Base58, as in the event; None for events of no market."""
    actor: str | None
    """Base58, as in the event."""
    epoch: int | None
    """As in the event; the block time tells it for the others."""
    event: Event
    """Typed."""
    text: str = field(default="", compare=False, repr=False)
    """Every field as JSON; empty where nobody has written it down yet."""

    @property
    def data(self) -> dict[str, Any]:
        """Every field: 64-bit integers as decimal strings, keys in base58."""
        return event_json(self.event)

    @property
    def order(self) -> tuple[int, int, int]:
        """Key to sort by."""
        return (self.slot, self.position, self.number)


@dataclass(slots=True)
class Decoded:
    """A transaction in our words."""

    instructions: list[DecodedInstruction]
    events: list[DecodedEvent]
    """None of a failed transaction: it changed nothing."""
    truncated: bool
    """True: logs were cut off or are missing, so events may be too, or the cause of a failure."""
    error: Cause | None
    """Why it failed."""
