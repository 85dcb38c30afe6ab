"""Quick decoding of flat Borsh data: one `struct` call for a whole account or event."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from struct import Struct
from typing import Any, ClassVar

from solders.pubkey import Pubkey

CODES = {"bool": "?", "u8": "B", "u16": "H", "u32": "I", "u64": "Q", "i8": "b", "i16": "h", "i32": "i", "i64": "q"}
"""IDL type -> struct code of one slot."""
WIDE = {"u128": "QQ", "i128": "Qq"}
"""IDL type -> struct codes of the low and the high half."""
KEY = "publicKey"

_Reader = Callable[[tuple[Any, ...]], Any]


@dataclass(frozen=True, slots=True)
class Record:
    """Base of the generated dataclasses of fixed size: events and the structures inside them."""

    LAYOUT: ClassVar["Layout"]


Kind = str | tuple[str, int] | type[Record]
"""A type as the IDL names it, an array as (type of its elements, length), or a structure."""


class Layout:
    """The layout of fields of fixed size, in order."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        """KeyError for a type without a fixed size, such as a string or a vector."""
        self.codes = ""
        """struct codes, without the byte order."""
        self.slots = 0
        """Values that `struct` gives for them."""
        self.kinds = tuple(kinds)
        """What it was made of."""
        self._readers: list[_Reader] = []
        for kind in kinds:
            codes, slots, reader = _field(kind, self.slots)
            self.codes += codes
            self.slots += slots
            self._readers.append(reader)
        self._struct = Struct("<" + self.codes)
        self.size = self._struct.size
        """Bytes of all fields."""

    def read(self, data: bytes, offset: int = 0) -> list[Any]:
        """The values of all fields; struct.error when `data` is too short."""
        return self.pick(self._struct.unpack_from(data, offset))

    def pick(self, raw: tuple[Any, ...]) -> list[Any]:
        """The values of all fields out of what `struct` gave."""
        return [reader(raw) for reader in self._readers]


def _field(kind: Kind, slot: int) -> tuple[str, int, _Reader]:
    """struct codes, number of slots and reader of one field that starts at `slot`."""
    if isinstance(kind, tuple):
        name, count = kind
        width = 2 if name in WIDE else 1
        return (_code(name) * count, width * count, _array(name, slot, count))
    if isinstance(kind, str):
        return (_code(kind), 2 if kind in WIDE else 1, _single(kind, slot))
    layout = kind.LAYOUT
    return (layout.codes, layout.slots, _nested(kind, slot, slot + layout.slots))


def _code(name: str) -> str:
    return "32s" if name == KEY else WIDE.get(name) or CODES[name]


def _nested(kind: type[Record], start: int, end: int) -> _Reader:
    return lambda raw: kind(*kind.LAYOUT.pick(raw[start:end]))


def _single(name: str, slot: int) -> _Reader:
    if name == KEY:
        return lambda raw: Pubkey.from_bytes(raw[slot])
    if name in WIDE:
        return lambda raw: raw[slot] | raw[slot + 1] << 64
    return lambda raw: raw[slot]


def _array(name: str, slot: int, count: int) -> _Reader:
    if name == KEY:
        return lambda raw: [Pubkey.from_bytes(part) for part in raw[slot : slot + count]]
    if name in WIDE:
        return lambda raw: [raw[i] | raw[i + 1] << 64 for i in range(slot, slot + 2 * count, 2)]
    return lambda raw: list(raw[slot : slot + count])
