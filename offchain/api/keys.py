"""Pages of accounts by address, and of lists that are small enough to be sorted whole."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement

from offchain.api.cursors import read_cursor, write_cursor
from offchain.api.pages import Found
from offchain.api.reading import View
from offchain.api.rows import load

T = TypeVar("T")
Key = tuple[int | str, str]
"""What a list is sorted by, and what tells equals apart."""


def keyed_page(
    view: View,
    kind: type[Any],
    equals: Mapping[str, Any],
    limit: int,
    cursor: str | None,
    name: str,
    where: Sequence[ColumnElement[bool]] = (),
) -> Found:
    """The `limit` accounts after a cursor that have these values (None: any), by address, and fit `load`'s `where`.

    `name` names the list with its filters.
    """
    after = None if cursor is None else read_cursor(cursor, tuple[str], name)[0]
    given = {key: value for key, value in equals.items() if value is not None}
    rows = load(view, kind, *where, limit=limit + 1, after=after, **given)
    following = write_cursor((rows[limit - 1].address,), name) if len(rows) > limit else None
    return Found(rows[:limit], following)


def sorted_page(
    items: Sequence[T], key: Callable[[T], Key], descending: bool, limit: int, cursor: str | None, name: str
) -> tuple[list[T], str | None]:
    """The `limit` items after a cursor, sorted by a key; a new item shifts no page, since a cursor holds a key."""
    name = f"{name} {'down' if descending else 'up'}"
    ordered = sorted(items, key=key, reverse=descending)
    if cursor is not None:
        place = _place(cursor, name, key(ordered[0]) if ordered else None)
        ordered = [one for one in ordered if (key(one) < place if descending else key(one) > place)]
    following = write_cursor(key(ordered[limit - 1]), name) if len(ordered) > limit else None
    return ordered[:limit], following


def _place(cursor: str, name: str, example: Key | None) -> Key:
    if example is not None and isinstance(example[0], int):
        return read_cursor(cursor, tuple[int, str], name)
    return read_cursor(cursor, tuple[str, str], name)
