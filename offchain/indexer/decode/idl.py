"""The programs' interfaces, read from their IDLs once: how the bytes of an instruction read, and what events say."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from hashlib import sha256
from typing import Any

from offchain.chain.codec import Layout
from offchain.chain.events.base import Event
from offchain.chain.events.generated import EVENTS
from offchain.chain.idl import Idl, load_idl, snake

ToJson = Callable[[Any], Any]
SMALL = frozenset({"u8", "i8", "u16", "i16", "u32", "i32"})
"""Integers that every JSON reader takes exactly."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction of a program."""

    name: str
    """Snake case."""
    accounts: tuple[str, ...]
    """Snake case, in order."""
    args: tuple[tuple[str, Any], ...]
    """Name in snake case and type as the IDL has it."""
    layout: Layout | None
    """Reads all arguments at once; None where one of them has no fixed size."""


@cache
def instructions_of(program: str) -> dict[bytes, Instruction]:
    """Discriminator -> instruction."""
    found: dict[bytes, Instruction] = {}
    for entry in load_idl(program)["instructions"]:
        name = snake(entry["name"])
        args = tuple((snake(argument["name"]), argument["type"]) for argument in entry["args"])
        simple = all(isinstance(kind, str) for _, kind in args)
        found[sha256(f"global:{name}".encode()).digest()[:8]] = Instruction(
            name,
            tuple(snake(account["name"]) for account in entry["accounts"]),
            args,
            Layout([kind for _, kind in args]) if simple else None,
        )
    return found


@cache
def event_writers() -> dict[type[Event], tuple[tuple[str, ToJson], ...]]:
    """Event class -> its fields, each with the function that makes it JSON."""
    found = {}
    for kind in EVENTS:
        idl = load_idl(kind.PROGRAM)
        declared = next(event for event in idl["events"] if event["name"] == kind.__name__)
        found[kind] = _fields(idl, kind, declared["fields"])
    return found


def event_json(event: Event) -> dict[str, Any]:
    """Every field of an event: 64-bit integers as decimal strings, keys in base58."""
    return {name: write(getattr(event, name)) for name, write in event_writers()[type(event)]}


def to_json(kind: Any) -> ToJson:
    """How a value of an IDL type is written: what may exceed 53 bits as a decimal string, keys in base58."""
    if isinstance(kind, str):
        return _same if kind == "bool" or kind in SMALL else str  # 64 and 128 bits, and public keys
    if "option" in kind:
        inner = to_json(kind["option"])
        return lambda value: None if value is None else inner(value)
    if "array" in kind:
        inner = to_json(kind["array"][0])
        return lambda values: [inner(value) for value in values]
    raise TypeError(f"no JSON form for the IDL type {kind!r}: add one here")


def read_loose(kinds: tuple[tuple[str, Any], ...], data: bytes) -> list[Any]:
    """Arguments with options among them; struct.error or IndexError when `data` are too short."""
    values: list[Any] = []
    at = 0
    for _, kind in kinds:
        if isinstance(kind, dict) and "option" in kind:
            at += 1
            if not data[at - 1]:
                values.append(None)
                continue
            kind = kind["option"]
        layout = Layout([kind])
        values += layout.read(data, at)
        at += layout.size
    return values


def _same(value: Any) -> Any:
    return value


def _fields(idl: Idl, kind: type[Event], declared: list[Any]) -> tuple[tuple[str, ToJson], ...]:
    pairs = zip(fields(kind), declared, strict=True)
    return tuple((field.name, _writer(idl, entry["type"])) for field, entry in pairs)


def _writer(idl: Idl, kind: Any) -> ToJson:
    if not (isinstance(kind, dict) and "defined" in kind):
        return to_json(kind)
    structure = next(found for found in idl["types"] if found["name"] == kind["defined"])["type"]["fields"]
    parts = [(snake(part["name"]), _writer(idl, part["type"])) for part in structure]
    return lambda value: {name: write(getattr(value, name)) for name, write in parts}
