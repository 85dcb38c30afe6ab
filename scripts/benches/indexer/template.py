"""A transaction as JSON with holes: signature, slot and every key that differs from copy to copy."""

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Set
from hashlib import sha512
from typing import Any

import msgspec
from based58 import b58decode, b58encode
from solders.pubkey import Pubkey

from scripts.benches.indexer.cast import Keys

_HOLE = re.compile(
    rb'(?P<slot>"slot":\d+)|"Program data: (?P<data>[A-Za-z0-9+/=]+)"|"data":"(?P<call>[1-9A-HJ-NP-Za-km-z]{40,})"'
    rb'|"(?P<key>[1-9A-HJ-NP-Za-km-z]{32,44})"|"(?P<signature>[1-9A-HJ-NP-Za-km-z]{80,88})"'
)
_KEY_BYTES = 32
Part = bytes | Callable[["Copy"], bytes]


class Copy:
    """What fills the holes."""

    def __init__(self, number: int, keys: Keys, slots: int) -> None:
        """`slots`: how many slots one run takes."""
        self.number = number
        self.keys = {bytes(old): bytes(new) for old, new in keys.items()}
        self.texts = {str(old): str(new).encode() for old, new in keys.items()}
        self.first_slot = number * slots

    def signature(self, text: bytes) -> bytes:
        """Of a copy's own."""
        return bytes(b58encode(sha512(self.number.to_bytes(8, "little") + text).digest()))


class Template:
    """One transaction."""

    def __init__(self, document: dict[str, Any], keys: Set[Pubkey]) -> None:
        """`keys`: those that differ."""
        known = {bytes(key) for key in keys}
        texts = {str(key) for key in keys}
        self._text = msgspec.json.encode(document)
        self._parts: list[Part] = []
        end = 0
        for found in _HOLE.finditer(self._text):
            part = _part(found, known, texts)
            if part is not None:
                self._parts += [self._text[end : found.start()], part]
                end = found.end()
        self._parts.append(self._text[end:])

    def fill(self, copy: Copy) -> bytes:
        """The JSON of one copy; copy 0 is the original."""
        if not copy.number:
            return self._text
        return b"".join([part if isinstance(part, bytes) else part(copy) for part in self._parts])


def _part(found: re.Match[bytes], known: set[bytes], texts: set[str]) -> Part | None:
    kind, value = str(found.lastgroup), found[found.lastgroup or 0]
    if kind == "slot":
        slot = int(value.partition(b":")[2])
        return lambda copy: b'"slot":%d' % (slot + copy.first_slot)
    if kind == "signature":
        return lambda copy: b'"' + copy.signature(value) + b'"'
    if kind == "key":
        text = value.decode()
        return (lambda copy: b'"' + copy.texts[text] + b'"') if text in texts else None
    data = b64decode(value) if kind == "data" else b58decode(value)
    places = [at for at in range(len(data) - _KEY_BYTES + 1) if data[at : at + _KEY_BYTES] in known]
    if not places:
        return None
    encode = _log_line if kind == "data" else _call_data
    return lambda copy: encode(_replaced(data, places, copy.keys))


def _replaced(data: bytes, places: list[int], keys: Mapping[bytes, bytes]) -> bytes:
    changed = bytearray(data)
    for at in places:
        changed[at : at + _KEY_BYTES] = keys[data[at : at + _KEY_BYTES]]
    return bytes(changed)


def _log_line(data: bytes) -> bytes:
    return b'"Program data: ' + b64encode(data) + b'"'


def _call_data(data: bytes) -> bytes:
    return b'"data":"' + bytes(b58encode(data)) + b'"'
