"""Readers made to measure: one Python function for each event and instruction, from bytes to values and JSON at once.

A general reader asks for each field of each event what it is; there are millions of them. So for each type the source
of a function is written down (only names of ours and numbers are in it) and compiled, as `dataclasses` does it too.
"""

from collections.abc import Callable
from dataclasses import fields
from struct import Struct
from typing import Any

from offchain.chain.codec import KEY, WIDE, Kind, Layout, Record
from offchain.chain.events.base import Event
from offchain.indexer.decode.idl import SMALL
from offchain.indexer.decode.keys import KEYS

Read = Callable[[bytes], tuple[Any, str, str | None, str | None, int | None]]
"""Body of an event -> the event, its JSON, and from it market, actor and epoch where it has them."""


class _Source:
    """The lines of a function that reads one layout."""

    def __init__(self) -> None:
        self.codes = ""
        self.slots = 0
        self.lines: list[str] = []
        self.texts: dict[str, str] = {}
        """Field -> the expression that holds its base58 or number."""
        self.names: dict[str, Any] = {"KEYS": KEYS}

    def field(self, name: str, kind: Kind) -> tuple[str, str]:
        """Expressions of a field's value, and of its JSON inside an f-string."""
        at = f"v{self.slots}"
        if isinstance(kind, tuple):
            parts = [self.field(f"{name}_{number}", kind[0]) for number in range(kind[1])]
            return f"[{', '.join(value for value, _ in parts)}]", "[" + ",".join(text for _, text in parts) + "]"
        if not isinstance(kind, str):
            return self._record(name, kind)
        self._slots(kind)
        if kind == KEY:
            self.lines.append(f"k{at}, t{at} = KEYS[{at}]")
            self.texts[name] = f"t{at}"
            return f"k{at}", f'"{{t{at}}}"'
        if kind in WIDE:
            self.lines.append(f"w{at} = {at} | v{self.slots - 1} << 64")
            at = f"w{at}"
        self.texts[name] = at
        if kind == "bool":
            return at, f'{{"true" if {at} else "false"}}'
        return at, f"{{{at}}}" if kind in SMALL else f'"{{{at}}}"'

    def fields(self, names: list[str], kinds: tuple[Kind, ...], inside: str = "") -> tuple[str, str]:
        """Expressions of all values, separated by commas, and of the JSON object that holds them."""
        found = [self.field(inside + name, kind) for name, kind in zip(names, kinds, strict=True)]
        pairs = ",".join(f'"{name}":{text}' for name, (_, text) in zip(names, found, strict=True))
        return ", ".join(value for value, _ in found), "{{" + pairs + "}}"

    def _record(self, name: str, kind: type[Record]) -> tuple[str, str]:
        values, text = self.fields(_names(kind), kind.LAYOUT.kinds, f"{name}.")
        self.names[kind.__name__] = kind
        return f"{kind.__name__}({values})", text

    def _slots(self, kind: str) -> None:
        codes, width = Layout([kind]).codes, 2 if kind in WIDE else 1
        self.codes += codes
        self.slots += width

    def compile(self, result: str) -> Callable[[bytes], Any]:
        """The function; it raises struct.error for bytes of another length."""
        self.names["unpack"] = Struct("<" + self.codes).unpack
        values = "".join(f"v{number}, " for number in range(self.slots))
        body = "\n    ".join(([f"{values}= unpack(body)"] if self.slots else []) + [*self.lines, f"return {result}"])
        scope: dict[str, Any] = dict(self.names)
        exec(f"def read(body):\n    {body}\n", scope)  # noqa: S102  # see above
        made: Callable[[bytes], Any] = scope["read"]
        return made


def event_reader(kind: type[Event]) -> Read:
    """Reads the bytes after the discriminator; struct.error when their number is wrong."""
    source = _Source()
    values, text = source.fields(_names(kind), kind.LAYOUT.kinds)
    source.names[kind.__name__] = kind
    told = [source.texts.get(name, "None") for name in ("market_id", "actor", "epoch")]
    return source.compile(f"{kind.__name__}({values}), f'{text}', {', '.join(told)}")


def args_reader(args: tuple[tuple[str, str], ...]) -> Callable[[bytes], tuple[str, str | None]]:
    """Reads the arguments of an instruction: their JSON, and the market among them."""
    source = _Source()
    _, text = source.fields([name for name, _ in args], tuple(kind for _, kind in args))
    return source.compile(f"f'{text}', {source.texts.get('market_id', 'None')}")


def _names(kind: type[Record]) -> list[str]:
    return [field.name for field in fields(kind)]
