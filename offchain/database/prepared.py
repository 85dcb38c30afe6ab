"""`Prepared`: a SELECT written with SQLAlchemy, its text made once, for the driver to run.

Asked each time, SQLAlchemy takes several times as long as the database to find the text it has kept and to wrap rows.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Dialect, Select, bindparam
from sqlalchemy.sql.compiler import SQLCompiler

Convert = Callable[[Any], Any]


class Prepared:
    """A query that stands in a module; whatever varies in it is a `bindparam`, a list one with `expanding`."""

    def __init__(self, query: Select[*tuple[Any, ...]]) -> None:
        self.query = query
        self._made: dict[tuple[str, tuple[int, ...]], Text] = {}

    def text(self, dialect: Dialect, values: Mapping[str, Any]) -> "Text":
        """For this kind of database, and lists of these lengths."""
        key = dialect.name, tuple([len(value) for value in values.values() if isinstance(value, list)])
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = _make(self.query, dialect, values)
        return found


def equal(column: Any, name: str, several: bool = False) -> ColumnElement[bool]:
    """The column has the value `name`, or one of those in the list `name`."""
    value = bindparam(name, type_=column.type, expanding=several)
    found: ColumnElement[bool] = column.in_(value) if several else column == value
    return found


@dataclass(frozen=True, slots=True)
class Text:
    """What a driver is given, and what makes its rows ours."""

    sql: str
    constants: Mapping[str, Any]
    """Values that the query itself names."""
    lists: Mapping[str, Sequence[str]]
    """Name of a list -> the names of its places."""
    given: Mapping[str, Convert]
    """Place -> what makes a value one of the driver's, where that is needed."""
    told: Sequence[tuple[int, Convert]]
    """Column -> what makes the driver's value ours, where that is needed."""
    shape: Callable[..., Any]
    """A named tuple of the columns."""

    def bound(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The driver's parameters."""
        found = {**self.constants, **values}
        for name, places in self.lists.items():
            found.update(zip(places, found.pop(name), strict=True))
        for place, convert in self.given.items():
            found[place] = convert(found[place])
        return found

    def tuples(self, rows: list[Any]) -> list[Any]:
        """The driver's rows with our values."""
        if not self.told:
            return rows
        found = []
        for row in rows:
            values = list(row)
            for column, convert in self.told:
                values[column] = convert(values[column])
            found.append(values)
        return found

    def rows(self, rows: list[Any]) -> list[Any]:
        """The same as named tuples."""
        return [self.shape(*values) for values in self.tuples(rows)]


def _make(query: Select[*tuple[Any, ...]], dialect: Dialect, values: Mapping[str, Any]) -> Text:
    # SQLite's driver takes names as well, and with names both databases are asked alike.
    named = cast(Any, type(dialect))(paramstyle="named") if dialect.positional else dialect
    compiled = query.compile(dialect=named)
    assert isinstance(compiled, SQLCompiler)  # noqa: S101  # what a Select compiles to
    state = compiled.construct_expanded_state(values)
    lists = {name: state.parameter_expansion[name] for name in values if name in state.parameter_expansion}
    free = {place for name in values for place in lists.get(name, [name])}
    given = {
        place: convert
        for bind, name in compiled.bind_names.items()
        for place in state.parameter_expansion.get(name, [name])
        if (convert := bind.type.dialect_impl(named).bind_processor(named)) is not None
    }
    columns = query.selected_columns
    told = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    return Text(
        sql=state.statement,
        constants={
            place: given[place](value) if place in given else value
            for place, value in state.parameters.items()
            if place not in free
        },
        lists=lists,
        given={place: convert for place, convert in given.items() if place in free},
        told=[(at, convert) for at, convert in enumerate(told) if convert is not None],
        shape=namedtuple("Row", [column.key for column in columns], rename=True),  # type: ignore[misc]
    )
