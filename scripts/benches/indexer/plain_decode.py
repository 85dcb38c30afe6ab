"""Instructions and events by anchorpy alone, for every program that has an IDL."""

import json
import re
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from anchorpy.coder.coder import Coder
from anchorpy.program.event import EventParser
from anchorpy_core.idl import Idl
from construct import ConstructError

from offchain.chain.addresses import Addresses
from offchain.chain.events.base import Event as TypedEvent
from offchain.chain.events.generated import EVENTS
from offchain.chain.idl import load_idl

Json = dict[str, Any]
_SMALL = ("bool", "u8", "i8", "u16", "i16", "u32", "i32")


@dataclass(slots=True)
class Found:
    """One event."""

    program: str
    name: str
    data: Json
    typed: TypedEvent
    call: int
    """Which invocation of the logs emitted it."""


class Words:
    """The programs of one cluster."""

    def __init__(self, at: Addresses) -> None:
        self._at = at
        self._idls = {name: load_idl(name) for name in at.deployed}
        coders = {name: Coder(Idl.from_json(json.dumps(idl))) for name, idl in self._idls.items()}
        self._coders = coders
        self._parsers = {name: EventParser(key, coders[name]) for name, key in at.deployed.items()}
        self._instructions = {
            (name, _snake(one["name"])): one for name, idl in self._idls.items() for one in idl["instructions"]
        }
        self._events = {(name, one["name"]): one for name, idl in self._idls.items() for one in idl.get("events", [])}
        self._classes = {(kind.PROGRAM, kind.__name__): kind for kind in EVENTS}

    def events(self, logs: list[str]) -> list[Found]:
        """Each program's parser goes through the logs; a walk through them gives the order of all together."""
        told: dict[str, list[Any]] = {name: [] for name in self._parsers}
        for name, parser in self._parsers.items():
            parser.parse_logs(list(logs), told[name].append)
        found = []
        for program, call in _data_lines(logs, {str(key): name for name, key in self._at.deployed.items()}):
            event = told[program].pop(0)
            idl, declared = self._idls[program], self._events[program, event.name]
            data = {_snake(one["name"]): _json(_get(event.data, one), one["type"], idl) for one in declared["fields"]}
            found.append(Found(program, event.name, data, self._typed(program, event), call))
        return found

    def instruction(self, program: str, data: bytes, accounts: list[str]) -> tuple[str | None, Json, Json]:
        """Name, arguments and accounts."""
        try:
            parsed = self._coders[program].instruction.parse(data)
            declared = self._instructions[program, parsed.name]
            args = {_snake(one["name"]): _json(_get(parsed.data, one), one["type"], {}) for one in declared["args"]}
        except (ConstructError, KeyError):
            return None, {}, numbered([], accounts)
        return parsed.name, args, numbered([_snake(one["name"]) for one in declared["accounts"]], accounts)

    def _typed(self, program: str, event: Any) -> TypedEvent:
        kind = self._classes[program, event.name]
        declared = self._events[program, event.name]["fields"]
        return kind(*(_value(_get(event.data, one), one["type"], kind) for one in declared))


def numbered(names: list[str], accounts: list[str]) -> Json:
    """Accounts by name, by number where there is none."""
    return {names[at] if at < len(names) else str(at): address for at, address in enumerate(accounts)}


def _data_lines(logs: list[str], names: dict[str, str]) -> list[tuple[str, int]]:
    """Program and invocation of each data line of ours."""
    stack: list[tuple[str, int]] = []
    found, calls = [], -1
    for line in logs:
        if begun := re.fullmatch(r"Program (\w+) invoke \[\d+\]", line):
            calls += 1
            stack.append((begun[1], calls))
        elif re.match(r"Program \w+ (success|failed)", line):
            stack.pop()
        elif line.startswith("Program data: ") and stack and stack[-1][0] in names:
            found.append((names[stack[-1][0]], stack[-1][1]))
    return found


def _get(data: Any, declared: Json) -> Any:
    return getattr(data, _snake(declared["name"]))


def _json(value: Any, kind: Any, idl: Json) -> Any:
    if isinstance(kind, str):
        return value if kind in _SMALL else str(value)
    if "option" in kind:
        return None if value is None else _json(value, kind["option"], idl)
    if "array" in kind:
        return [_json(one, kind["array"][0], idl) for one in value]
    structure = next(one for one in idl["types"] if one["name"] == kind["defined"])
    return {_snake(one["name"]): _json(_get(value, one), one["type"], idl) for one in structure["type"]["fields"]}


def _value(value: Any, kind: Any, within: type[Any]) -> Any:
    """As our event classes hold it: structures are classes of the same module."""
    if isinstance(kind, dict) and "defined" in kind:
        structure = getattr(import_module(within.__module__), kind["defined"])
        return structure(*(getattr(value, name) for name in structure.__slots__))
    if isinstance(kind, dict) and "array" in kind:
        return list(value)
    return value


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
