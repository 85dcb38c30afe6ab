"""Reading a transaction's logs: which program wrote which line.

The runtime writes `Program ID invoke [depth]` and `Program ID success` itself; whatever a program writes begins with
`Program log: ` or `Program data: `, so that no program can speak in another's name.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from solders.pubkey import Pubkey

LOG = "Program log: "
DATA = "Program data: "
TRUNCATED = "Log truncated"

Kind = Literal["invoke", "log", "data", "success", "failed", "units"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line, with the program that was running when it was written."""

    kind: Kind
    program: Pubkey
    instruction: int
    """Index of the top-level instruction, from 0."""
    depth: int
    """1 at the top level, 2 and more in a CPI."""
    text: str
    """The message, the base64 data, the reason of a failure or the compute units; else empty."""
    call: int = 0
    """Which invocation wrote it: they are numbered from 0 in the order in which the logs tell them."""


class LogsTruncated(ValueError):
    """The node cut the logs off; what follows is unknown: read the accounts instead."""


def walk(logs: Iterable[str]) -> Iterator[Line]:
    """Every attributable line in order; raises LogsTruncated where the logs were cut off."""
    stack: list[Pubkey] = []
    calls: list[int] = []
    instruction = invoked = -1
    for raw in logs:
        if raw == TRUNCATED:
            raise LogsTruncated("the logs were truncated by the node")
        if raw.startswith((LOG, DATA)):
            if stack:
                yield _written(raw, stack, instruction, calls[-1])
            continue
        words = raw.split(" ", 3)
        verb = words[2] if words[0] == "Program" and len(words) > 2 else ""
        if verb == "invoke":
            instruction += not stack
            invoked += 1
            stack.append(_program(words[1]))
            calls.append(invoked)
            yield Line("invoke", stack[-1], instruction, len(stack), "", invoked)
        elif verb == "consumed":
            call = calls[-1] if calls else invoked
            yield Line("units", _program(words[1]), instruction, len(stack), words[3].partition(" ")[0], call)
        elif verb in ("success", "failed:"):
            yield _end(words, stack, instruction, calls[-1] if calls else invoked)
            stack.pop()
            calls.pop()
    if stack:
        raise LogsTruncated("the logs are incomplete: a program begins and never ends")


def cut_off(logs: Iterable[str]) -> bool:
    """Whether lines are missing."""
    try:
        for _ in walk(logs):
            pass
    except LogsTruncated:
        return True
    return False


def _written(raw: str, stack: list[Pubkey], instruction: int, call: int) -> Line:
    kind: Kind = "log" if raw.startswith(LOG) else "data"
    return Line(kind, stack[-1], instruction, len(stack), raw[len(LOG if kind == "log" else DATA) :], call)


def _end(words: list[str], stack: list[Pubkey], instruction: int, call: int) -> Line:
    if not stack or stack[-1] != _program(words[1]):
        raise LogsTruncated("the logs are incomplete: a program ends that never began")
    kind: Kind = "success" if words[2] == "success" else "failed"
    return Line(kind, stack[-1], instruction, len(stack), words[3] if kind == "failed" else "", call)


@lru_cache(maxsize=1024)
def _program(address: str) -> Pubkey:
    return Pubkey.from_string(address)
