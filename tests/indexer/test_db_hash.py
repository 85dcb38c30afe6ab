"""The digest covers every column of every table that follows from the chain: whatever is altered changes it."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import msgspec
import pytest
from sqlalchemy import JSON, Boolean, Column, Integer, Table, select, update

from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database, open_database
from offchain.database.tables import metadata
from offchain.indexer.db_hash import CHAIN_TABLES, LOCAL_TABLES, db_hash, hashed_tables, table_digest, tables_digest
from offchain.indexer.projections.tables import TableProjections
from offchain.localnet.server import serving
from tests.indexer.conftest import Life, caught_up
from tests.support.lives import lived_world


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Everything that an indexer makes of a market's whole life; whoever alters it puts it back."""
    world = lived_world()
    path = tmp_path_factory.mktemp("whole") / "whole.db"
    with serving(world.local) as endpoints, open_database(f"sqlite:///{path}") as opened:
        caught_up(endpoints.http, opened, TableProjections(LOCALNET, world.parameters))
        yield opened


def altered(column: Column[Any], value: Any) -> Any:
    """Another value of the column's type: of an amount one atom more, somewhere in a JSON document."""
    if isinstance(column.type, Boolean):
        return not value
    if isinstance(column.type, Integer):
        # A key has to stay unique.
        return value + 1_000 if column.primary_key else (value or 0) + 1
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


@pytest.mark.parametrize("name", sorted(table.name for table in hashed_tables()))
def test_altering_any_column_of_one_row_changes_the_digest(whole: Database, name: str) -> None:
    table = metadata().tables[name]
    before, digests = tables_digest(whole)
    with whole.session() as session:
        key = [*table.primary_key.columns]
        rows = [dict(row) for row in session.execute(select(table).order_by(*key)).mappings()]
        assert rows, "the life leaves nothing in this table: live through what fills it"
        row = rows[len(rows) // 2]
        for column in table.columns:
            changed = {column.name: altered(column, row[column.name])}
            replace_row(session, table, row, changed)
            assert table_digest(session, table) != digests[name], column.name
            replace_row(session, table, {**row, **changed}, {column.name: row[column.name]})
        assert table_digest(session, table) == digests[name]
        replace_row(session, table, row, changed)
        session.commit()
    after, others = tables_digest(whole)
    assert after != before
    assert {one for one in others if others[one] != digests[one]} == {name}
    with whole.session() as session:
        replace_row(session, table, {**row, **changed}, {column.name: row[column.name]})
        session.commit()
    assert db_hash(whole) == before


def replace_row(session: Any, table: Table, row: dict[str, Any], changes: dict[str, Any]) -> None:
    mine = [column == row[column.name] for column in table.primary_key.columns]
    done = session.execute(update(table).where(*mine).values(changes))
    assert done.rowcount == 1


def test_the_digest_is_that_of_the_digests_of_all_tables(whole: Database) -> None:
    digest, tables = tables_digest(whole)
    assert set(tables) == {table.name for table in hashed_tables()}
    assert digest == sha256(msgspec.json.encode(tables, order="sorted")).hexdigest() == db_hash(whole)


def test_a_missing_row_changes_the_digest(life: Life, database: Database) -> None:
    caught_up(life.http, database)
    events = metadata().tables["events"]
    with database.session() as session:
        last = session.execute(select(events.c.signature).order_by(events.c.slot.desc()).limit(1)).scalar_one()
        session.execute(events.delete().where(events.c.signature == last))
        session.commit()
    assert db_hash(database) != life.digest


def test_every_table_was_decided_on() -> None:
    names = set(metadata().tables)
    assert not CHAIN_TABLES & LOCAL_TABLES
    assert names == CHAIN_TABLES | LOCAL_TABLES, "say in db_hash.py whether a new table follows from the chain"
    assert {table.name for table in hashed_tables()} == CHAIN_TABLES


def test_a_table_that_nobody_decided_on_is_hashed() -> None:
    stray = Table("stray", metadata(), Column("id", Integer, primary_key=True))
    try:
        assert stray in hashed_tables()
    finally:
        metadata().remove(stray)
