"""From nothing and from every older revision the migrations lead to exactly the tables that the code declares."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import JSON, Boolean, Connection, Engine, Integer, inspect, text
from sqlmodel import AutoString

from offchain.database import migrate as migration
from offchain.database.database import open_database
from offchain.database.engine import open_engine
from offchain.database.errors import DatabaseError
from offchain.database.migrate import VERSION_TABLE, migrate, revisions
from offchain.database.tables import metadata
from offchain.database.urls import read_url
from offchain.settings.paths import ROOT


def test_an_empty_database_gets_every_table(url: str) -> None:
    with open_database(url) as database:
        assert set(inspect(database.engine).get_table_names()) == {*metadata().tables, VERSION_TABLE}
    _assert_no_difference(url)


def test_tables_and_migrations_agree_after_climbing_one_revision_at_a_time(url: str) -> None:
    with _engine(url) as engine:
        for revision in revisions():
            migrate(engine, revision)
            with engine.connect() as connection:
                assert connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one() == revision
    _assert_no_difference(url)


def test_every_migration_keeps_what_was_stored_before_it(url: str) -> None:
    row = (
        "INSERT INTO price_candle VALUES ('BTC/USD', 60, 1583798400, 7900000000, 7911430000, 7890000000, 7900000001, 3)"
    )
    with _engine(url) as engine:
        migrate(engine, revisions()[0])
        with engine.begin() as connection:
            connection.execute(text(row))
    with open_database(url) as database, database.reading() as session:
        kept = session.execute(text("SELECT pair, seconds, start, open, high, low, close, quotes FROM price_candle"))
        assert [tuple(found) for found in kept] == [
            ("BTC/USD", 60, 1583798400, 7900000000, 7911430000, 7890000000, 7900000001, 3)
        ]


def test_opening_again_changes_nothing(url: str) -> None:
    open_database(url).close()
    with open_database(url) as database, database.reading() as session:
        assert [row[0] for row in session.execute(text(f"SELECT * FROM {VERSION_TABLE}"))] == [revisions()[-1]]


def test_a_migration_that_ends_between_two_looks_is_no_foreign_database(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes just after the version was read must not meet tables without a version."""
    refuse, others = migration._refuse_foreign, [url]

    def late(connection: Connection) -> None:
        while others:
            open_database(others.pop()).close()
        refuse(connection)

    monkeypatch.setattr(migration, "_refuse_foreign", late)
    open_database(url).close()
    assert not others


def test_server_processes_that_start_at_once_migrate_once(postgres_url: str) -> None:
    line = "import sys; from offchain.database.database import open_database; open_database(sys.argv[1]).close()"
    command = [sys.executable, "-c", line, postgres_url]
    started = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    said = [process.communicate(timeout=120)[1] for process in started]
    assert [process.returncode for process in started] == [0] * 4, said
    with open_database(postgres_url) as database, database.reading() as session:
        assert [row[0] for row in session.execute(text(f"SELECT * FROM {VERSION_TABLE}"))] == [revisions()[-1]]


def test_processes_that_open_at_once_migrate_once(url: str) -> None:
    failures: list[BaseException] = []

    def opening() -> None:
        try:
            open_database(url).close()
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=opening) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    _assert_no_difference(url)


def test_a_database_newer_than_the_code_is_refused_and_left_alone(url: str) -> None:
    with open_database(url) as database, database.engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999_future'"))
    with pytest.raises(DatabaseError, match=r"newer version of percosec .*'9999_future'.*: update percosec"):
        open_database(url)
    with _engine(url) as engine, engine.connect() as connection:
        assert connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one() == "9999_future"


def test_another_programs_tables_are_refused(url: str) -> None:
    with _engine(url) as engine, engine.begin() as connection:
        connection.execute(text("CREATE TABLE price_quote (what text)"))
    with pytest.raises(DatabaseError, match=r"another program's tables \(price_quote, \.\.\.\): choose another one"):
        open_database(url)


def test_every_integer_may_have_63_bits_and_nothing_is_a_float() -> None:
    for table in metadata().tables.values():
        for column in table.columns:
            assert isinstance(column.type, AutoString | Integer | Boolean | JSON), f"{table.name}.{column.name}"


def _assert_no_difference(url: str) -> None:
    with _engine(url) as engine, engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata()) == []


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = open_engine(read_url(url))
    try:
        yield engine
    finally:
        engine.dispose()
