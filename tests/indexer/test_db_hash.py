"""The digest covers every column of every table that follows from the chain: whatever is altered changes it."""

from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Column, Integer, Table, select, update

from offchain.database.database import Database
from offchain.database.tables import metadata
from offchain.indexer.db_hash import LOCAL_TABLES, db_hash, hashed_tables, tables_digest
from tests.indexer.conftest import Life, caught_up

INDEXED = ("events", "instructions", "transactions")


def altered(column: Column[Any], value: Any) -> Any:
    """Another value of the column's type: of an amount one atom more, somewhere in a JSON document."""
    if isinstance(column.type, Boolean):
        return not value
    if isinstance(column.type, Integer):
        return (value or 0) + 1
    if isinstance(column.type, JSON):
        return _altered_document(value)
    return f"{value}x"


def _altered_document(value: Any) -> Any:
    if isinstance(value, dict) and value:
        last = max(value)
        return {**value, last: _altered_document(value[last])}
    if isinstance(value, str) and value.isdecimal():
        return str(int(value) + 1)
    return [value]


@pytest.mark.parametrize(
    ("table", "column"),
    [(table.name, column.name) for table in hashed_tables() if table.name in INDEXED for column in table.columns],
)
def test_altering_any_column_of_one_row_changes_the_digest(
    life: Life, filled: Database, table: str, column: str
) -> None:
    assert db_hash(filled) == life.digest
    places: Table = metadata().tables[table]
    key = [*places.primary_key.columns]
    with filled.session() as session:
        rows = session.execute(select(*key, places.c[column]).order_by(*key)).all()
        row = rows[len(rows) // 2]
        mine = [one == value for one, value in zip(key, row, strict=False)]
        for new in (altered(places.c[column], row[-1]), row[-1]):
            session.execute(update(places).where(*mine).values({column: new}))
            session.commit()
            mine = [one == (new if one.name == column else value) for one, value in zip(key, row, strict=False)]
            if new != row[-1]:
                digest, tables = tables_digest(filled)
                assert digest != life.digest
                assert [name for name in tables if tables[name] != life.tables[name]] == [table]
    assert db_hash(filled) == life.digest


def test_a_missing_row_changes_the_digest(life: Life, database: Database) -> None:
    caught_up(life.http, database)
    events = metadata().tables["events"]
    with database.session() as session:
        last = session.execute(select(events.c.signature).order_by(events.c.slot.desc()).limit(1)).scalar_one()
        session.execute(events.delete().where(events.c.signature == last))
        session.commit()
    assert db_hash(database) != life.digest


def test_local_tables_are_known_and_all_others_are_hashed() -> None:
    names = set(metadata().tables)
    assert names >= LOCAL_TABLES
    assert {table.name for table in hashed_tables()} == names - LOCAL_TABLES
