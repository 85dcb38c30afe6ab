"""Projected rows as items, every field of the account: integers as text, so that 64 bits stay exact."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, Table, select

from offchain.api.reading import View
from offchain.database.tables.projections import TABLES
from offchain.live.frames import Item
from offchain.live.stream import Parts

MOST_PARTS = 500
"""Values in one statement."""


def by_column(view: View, kind: type[Any], column: str, wanted: Collection[str] | None) -> Parts:
    """The rows of an account type by the value of a column."""
    table = TABLES[kind]
    found: Parts = {}
    for some in [None] if wanted is None else _slices(sorted(wanted)):
        query = select(table) if some is None else select(table).where(table.c[column].in_(some))
        for row in view.session.execute(query).mappings():
            found.setdefault(row[column], {})[row["address"]] = _item(table, dict(row))
    return found


def _item(table: Table, row: dict[str, Any]) -> Item:
    numbers = {column.name for column in table.columns if isinstance(column.type, BigInteger)}
    return {name: str(value) if name in numbers else value for name, value in row.items()}


def _slices(values: list[str]) -> list[list[str]]:
    return [values[start : start + MOST_PARTS] for start in range(0, len(values), MOST_PARTS)]
