"""Typed events out of a transaction's logs, each tied to the program that really emitted it."""

import binascii
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, Addresses
from offchain.chain.events.base import Event
from offchain.chain.events.generated import EVENTS
from offchain.chain.logs import LogsTruncated, walk


@dataclass(frozen=True, slots=True)
class Emitted:
    """An event with its place in the transaction."""

    event: Event
    instruction: int
    """Index of the top-level instruction, from 0."""
    depth: int
    """1 when emitted by the top-level instruction itself, more in a CPI."""
    call: int = 0
    """Which of the logs' invocations emitted it, see ParsedLogs.invoked."""


@dataclass(frozen=True, slots=True)
class ParsedLogs:
    """What the logs of one successful transaction say."""

    emitted: tuple[Emitted, ...]
    truncated: bool
    """True: events may be missing, reconcile with the accounts."""
    unknown: int
    """Data lines of our own programs that no known event explains: the client is older than the programs."""
    invoked: tuple[tuple[Pubkey, int], ...] = ()
    """Program and depth of every invocation, in the order of the logs."""

    @property
    def events(self) -> list[Event]:
        """The events alone, in order."""
        return [found.event for found in self.emitted]


def parse_events(logs: Iterable[str], at: Addresses = LOCALNET) -> ParsedLogs:
    """All events of our programs. Call it only for transactions that succeeded: a failed one changes no state."""
    known = _classes(at)
    emitted: list[Emitted] = []
    invoked: list[tuple[Pubkey, int]] = []
    unknown = 0
    truncated = False
    try:
        for line in walk(logs):
            if line.kind == "invoke":
                invoked.append((line.program, line.depth))
            if line.kind != "data" or line.program not in known:
                continue
            event = _decode(known[line.program], line.text)
            if event is None:
                unknown += 1
            else:
                emitted.append(Emitted(event, line.instruction, line.depth, line.call))
    except LogsTruncated:
        truncated = True
    return ParsedLogs(tuple(emitted), truncated, unknown, tuple(invoked))


def _decode(classes: dict[bytes, type[Event]], text: str) -> Event | None:
    try:
        data = b64decode(text, validate=True)
        found = classes.get(data[:8])
        return found.decode(data[8:]) if found else None
    except (binascii.Error, ValueError):
        return None


@cache
def _classes(at: Addresses) -> dict[Pubkey, dict[bytes, type[Event]]]:
    by_program: dict[Pubkey, dict[bytes, type[Event]]] = {key: {} for key in at.deployed.values()}
    for event in EVENTS:
        if event.PROGRAM in at.deployed:
            by_program[at.deployed[event.PROGRAM]][event.DISCRIMINATOR] = event
    return by_program
