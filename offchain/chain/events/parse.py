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


@dataclass(frozen=True, slots=True)
class ParsedLogs:
    """What the logs of one successful transaction say."""

    emitted: tuple[Emitted, ...]
    truncated: bool
    """True: events may be missing, reconcile with the accounts."""
    unknown: int
    """Data lines of our own programs that no known event explains: the client is older than the programs."""

    @property
    def events(self) -> list[Event]:
        """The events alone, in order."""
        return [found.event for found in self.emitted]


def parse_events(logs: Iterable[str], at: Addresses = LOCALNET) -> ParsedLogs:
    """All events of our programs. Call it only for transactions that succeeded: a failed one changes no state."""
    known = _classes(at)
    emitted: list[Emitted] = []
    unknown = 0
    try:
        for line in walk(logs):
            if line.kind != "data" or line.program not in known:
                continue
            event = _decode(known[line.program], line.text)
            if event is None:
                unknown += 1
            else:
                emitted.append(Emitted(event, line.instruction, line.depth))
    except LogsTruncated:
        return ParsedLogs(tuple(emitted), True, unknown)
    return ParsedLogs(tuple(emitted), False, unknown)


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
