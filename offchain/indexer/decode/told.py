"""What the logs of a successful transaction tell: the invocations, and the events with the invocation of each.

The same as `offchain.chain.events.parse_events`, which the tests hold it against, for millions of transactions: events
come with their JSON, and only lines that matter are looked into.
"""

import binascii
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from offchain.chain.addresses import Addresses
from offchain.chain.events.generated import EVENTS
from offchain.chain.logs import DATA, LOG, TRUNCATED
from offchain.indexer.decode.compiled import Read, event_reader

_LOG, _DATA = len(LOG), len(DATA)
_UNITS = " compute units"
Readers = dict[bytes, Read]


@dataclass(slots=True)
class ToldLogs:
    """In the order of the logs."""

    invoked: list[tuple[str, int]] = field(default_factory=list)
    """Program and depth."""
    events: list[tuple[int, Any, str, str | None, str | None, int | None]] = field(default_factory=list)
    """Index of the invocation; the event, its JSON, market, actor and epoch."""
    truncated: bool = False


def read_logs(logs: Sequence[str], at: Addresses) -> ToldLogs:
    """Up to where they are cut off."""
    readers = _readers(at)
    told = ToldLogs()
    stack: list[tuple[str, int, Readers | None]] = []
    for line in logs:
        if line[:_LOG] == LOG:
            continue
        if line[:_DATA] == DATA:
            if stack and stack[-1][2] is not None:
                _data(line[_DATA:], stack[-1], told)
            continue
        if line.endswith(_UNITS):
            continue
        if line == TRUNCATED:
            told.truncated = True
            return told
        words = line.split(" ", 3)
        if len(words) < 3 or words[0] != "Program":
            continue
        verb = words[2]
        if verb == "invoke":
            program = words[1]
            stack.append((program, len(told.invoked), readers.get(program)))
            told.invoked.append((program, len(stack)))
        elif verb in ("success", "failed:") and (not stack or stack.pop()[0] != words[1]):
            told.truncated = True
            return told
    told.truncated = bool(stack)
    return told


def _data(text: str, running: tuple[str, int, Readers | None], into: ToldLogs) -> None:
    try:
        data = binascii.a2b_base64(text, strict_mode=True)
        read = (running[2] or {}).get(data[:8])
        if read is not None:
            into.events.append((running[1], *read(data[8:])))
    except (binascii.Error, ValueError, struct.error):
        return  # not one of the events we know


@cache
def _readers(at: Addresses) -> dict[str, Readers]:
    found: dict[str, Readers] = {str(key): {} for key in at.deployed.values()}
    for event in EVENTS:
        if event.PROGRAM in at.deployed:
            found[str(at.deployed[event.PROGRAM])][event.DISCRIMINATOR] = event_reader(event)
    return found
