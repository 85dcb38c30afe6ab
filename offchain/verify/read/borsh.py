"""Borsh, as far as arguments and accounts use it: integers, bools, keys and fixed arrays."""

from typing import Any

from solders.pubkey import Pubkey

Type = str | dict[str, Any]
"""A type as an interface description writes it."""

Value = int | bool | Pubkey | list[Any]

_INTEGERS = {f"{sign}{bits}": (bits // 8, sign == "i") for sign in "ui" for bits in (8, 16, 32, 64, 128)}


class Cursor:
    """Reads values one after another; ValueError when the bytes end too early."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self._data = data
        self._at = at

    @property
    def rest(self) -> int:
        """Bytes not read yet."""
        return len(self._data) - self._at

    def take(self, size: int) -> bytes:
        """The next bytes."""
        if self.rest < size:
            raise ValueError(f"{size} bytes wanted, {self.rest} left")
        self._at += size
        return self._data[self._at - size : self._at]

    def read(self, kind: Type) -> Value:
        """The next value of a type."""
        if isinstance(kind, dict):
            element, size = kind["array"]
            return [self.read(element) for _ in range(size)]
        if kind in _INTEGERS:
            size, signed = _INTEGERS[kind]
            return int.from_bytes(self.take(size), "little", signed=signed)
        if kind == "bool":
            return self.take(1) != b"\0"
        if kind == "publicKey":
            return Pubkey.from_bytes(self.take(32))
        raise ValueError(f"unknown type {kind}")
