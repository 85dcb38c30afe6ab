"""Pages of rows that have a place on the chain: (slot, position, number), newest first or oldest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Select, and_, bindparam, or_

from offchain.api.cursors import read_cursor, write_cursor
from offchain.api.reading import View
from offchain.database.prepared import Prepared, equal

PLACE = ("slot", "position", "number")
"""Slot, position of the transaction in it, number of the event in that; lists of transactions have no number."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of rows, and the cursor of the next one."""

    rows: Sequence[Any]
    next: str | None


def page_after(
    view: View,
    query: Select[Any],
    equals: Mapping[str, Any],
    limit: int,
    cursor: str | None,
    name: str,
    oldest_first: bool = False,
) -> Found:
    """The `limit` rows after a cursor that have these values; None: any. `name` names the list with its filters.

    The query stands in a module, since the statement made of it is kept; its columns hold slot, position and number.
    """
    return merged_after(view, [(query, equals)], limit, cursor, name, oldest_first)


def merged_after(
    view: View,
    queries: Sequence[tuple[Select[Any], Mapping[str, Any]]],
    limit: int,
    cursor: str | None,
    name: str,
    oldest_first: bool = False,
) -> Found:
    """The same of several queries with their values, in one order."""
    names = _names(tuple(query for query, _ in queries))
    name = f"{name} {'oldest' if oldest_first else 'newest'}"
    place = {} if cursor is None else dict(zip(_AFTER, _read(cursor, len(names), name), strict=False))
    rows: list[Any] = []
    for query, equals in queries:
        given = {key: value for key, value in equals.items() if value is not None}
        statement = _paged(query, tuple(given), names, bool(place), oldest_first)
        rows += view.rows(statement, **given, **place, **{_LIMIT: limit + 1})
    if len(queries) > 1:
        rows.sort(key=lambda row: tuple(getattr(row, each) for each in names), reverse=not oldest_first)
    return Found(rows[:limit], _next(rows, limit, names, name))


def neighbour(view: View, query: Select[Any], equals: Mapping[str, Any], row: Any) -> Any | None:
    """The row right before this one among those with these values; None where it is the first."""
    statement = _paged(query, tuple(equals), PLACE, True, False)
    place = {after: getattr(row, each) for after, each in zip(_AFTER, PLACE, strict=True)}
    return view.first(statement, **equals, **place, **{_LIMIT: 1})


_LIMIT = "most_rows"
_AFTER = ("after_slot", "after_position", "after_number")


@lru_cache(maxsize=256)
def _names(queries: tuple[Select[Any], ...]) -> tuple[str, ...]:
    return PLACE if all("number" in query.selected_columns for query in queries) else PLACE[:2]


@lru_cache(maxsize=256)
def _paged(
    query: Select[Any], equals: tuple[str, ...], names: tuple[str, ...], placed: bool, oldest_first: bool
) -> Prepared:
    columns = query.selected_columns
    keys = [columns[each] for each in names]
    query = query.where(*(equal(columns[name], name) for name in equals))
    if placed:
        query = query.where(
            _beyond(keys, [bindparam(each, type_=BigInteger) for each in _AFTER[: len(names)]], oldest_first)
        )
    order = [key.asc() if oldest_first else key.desc() for key in keys]
    return Prepared(query.order_by(*order).limit(bindparam(_LIMIT)))


def _read(cursor: str, parts: int, name: str) -> tuple[int, ...]:
    if parts == len(PLACE):
        return read_cursor(cursor, tuple[int, int, int], name)
    return read_cursor(cursor, tuple[int, int], name)


def _next(rows: Sequence[Any], limit: int, keys: Sequence[str], name: str) -> str | None:
    if len(rows) <= limit:
        return None
    last = rows[limit - 1]
    return write_cursor(tuple(getattr(last, key) for key in keys), name)


def _beyond(keys: Sequence[Any], place: Sequence[Any], oldest_first: bool) -> Any:
    """Rows after a place; the first part alone lets the database enter its index there."""
    first = keys[0] >= place[0] if oldest_first else keys[0] <= place[0]
    steps = []
    for at, (key, value) in enumerate(zip(keys, place, strict=True)):
        equal = [other == mark for other, mark in zip(keys[:at], place[:at], strict=True)]
        steps.append(and_(*equal, key > value if oldest_first else key < value))
    return and_(first, or_(*steps))
