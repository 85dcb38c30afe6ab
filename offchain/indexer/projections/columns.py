"""A projected row as the columns of its table, and back."""

from typing import Any

from solders.pubkey import Pubkey

from offchain.chain.accounts import types_of
from offchain.chain.codec import KEY, WIDE
from offchain.indexer.projections.rows import fields_of


def to_columns(row: Any, address: Pubkey, slot: int) -> dict[str, Any]:
    """What the table holds; all of it is JSON."""
    kind = type(row)
    values = {name: _stored(getattr(row, name), of) for name, of in zip(fields_of(kind), types_of(kind), strict=True)}
    return {"address": str(address), **values, "slot": slot}


def from_columns(kind: type[Any], columns: dict[str, Any]) -> Any:
    """The row again."""
    return kind(**{name: _read(columns[name], of) for name, of in zip(fields_of(kind), types_of(kind), strict=True)})


def _stored(value: Any, kind: Any) -> Any:
    if isinstance(kind, tuple):
        return [str(one) for one in value]
    return str(value) if kind == KEY or kind in WIDE else value


def _read(value: Any, kind: Any) -> Any:
    if isinstance(kind, tuple):
        return [int(one) for one in value]
    if kind == KEY:
        return Pubkey.from_string(value)
    return int(value) if kind in WIDE else value
