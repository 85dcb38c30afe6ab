"""Pages of rows that have a place on the chain: (slot, position, number), newest first or oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, or_

from offchain.api.cursors import read_cursor, write_cursor
from offchain.api.reading import View

PLACE = ("slot", "position", "number")
"""Slot, position of the transaction in it, number of the event in that; lists of transactions have no number."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of rows, and the cursor of the next one."""

    rows: Sequence[Any]
    next: str | None


def page_after(
    view: View, query: Select[Any], columns: Any, limit: int, cursor: str | None, name: str, oldest_first: bool = False
) -> Found:
    """The `limit` rows after a cursor; `columns` hold slot, position and number, `name` the list with its filters."""
    return merged_after(view, [(query, columns)], limit, cursor, name, oldest_first)


def merged_after(
    view: View,
    queries: Sequence[tuple[Select[Any], Any]],
    limit: int,
    cursor: str | None,
    name: str,
    oldest_first: bool = False,
) -> Found:
    """The same of several queries with their columns, in one order."""
    names = PLACE if all("number" in columns for _, columns in queries) else PLACE[:2]
    name = f"{name} {'oldest' if oldest_first else 'newest'}"
    place = None if cursor is None else _read(cursor, len(names), name)
    rows: list[Any] = []
    for query, columns in queries:
        keys = [columns[each] for each in names]
        after = query if place is None else query.where(_beyond(keys, place, oldest_first))
        order = [key.asc() if oldest_first else key.desc() for key in keys]
        rows += view.session.execute(after.order_by(*order).limit(limit + 1)).all()
    if len(queries) > 1:
        rows.sort(key=lambda row: tuple(getattr(row, each) for each in names), reverse=not oldest_first)
    return Found(rows[:limit], _next(rows, limit, names, name))


def _read(cursor: str, parts: int, name: str) -> tuple[int, ...]:
    if parts == len(PLACE):
        return read_cursor(cursor, tuple[int, int, int], name)
    return read_cursor(cursor, tuple[int, int], name)


def _next(rows: Sequence[Any], limit: int, keys: Sequence[str], name: str) -> str | None:
    if len(rows) <= limit:
        return None
    last = rows[limit - 1]
    return write_cursor(tuple(getattr(last, key) for key in keys), name)


def _beyond(keys: list[Any], place: tuple[int, ...], oldest_first: bool) -> Any:
    """Rows after a place; the first part alone lets the database enter its index there."""
    first = keys[0] >= place[0] if oldest_first else keys[0] <= place[0]
    steps = []
    for at, (key, value) in enumerate(zip(keys, place, strict=True)):
        equal = [other == mark for other, mark in zip(keys[:at], place[:at], strict=True)]
        steps.append(and_(*equal, key > value if oldest_first else key < value))
    return and_(first, or_(*steps))
