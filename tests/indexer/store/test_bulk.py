"""Rows written past the ORM are the same rows, and fail in the same way."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from offchain.database.database import Database, open_database
from offchain.database.errors import DatabaseError
from offchain.database.tables.event import Event
from offchain.indexer.store.bulk import insert_many, prepare
from offchain.indexer.store.rows import EVENT
from tests.support.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]
DATA = '{"text": "tab\\t, backslash \\\\, quote \\", \\u00e9", "whole": "18446744073709551615", "none": null}'


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    sqlite = f"sqlite:///{tmp_path / 'bulk.db'}"
    with open_database(sqlite if request.param == "sqlite" else request.getfixturevalue("postgres_url")) as opened:
        yield opened


def row(number: int) -> tuple[Any, ...]:
    return ("signature", number, 2**62, 0, None, "0.1", "program", "a\tname\\N\n", None, "actor", 7, DATA)


def test_what_is_written_is_what_the_orm_reads(database: Database) -> None:
    with database.session() as session:
        prepare(session)
        insert_many(session, "events", EVENT, [row(0), row(1)])
        insert_many(session, "events", EVENT, [])
        session.commit()
    with database.reading() as session:
        found = session.exec(select(Event).order_by(Event.number)).all()
    assert [one.number for one in found] == [0, 1]
    one = found[0]
    assert (one.slot, one.block_time, one.name, one.market_id, one.epoch) == (2**62, None, "a\tname\\N\n", None, 7)
    expected = {"text": 'tab\t, backslash \\, quote ", é', "whole": "18446744073709551615", "none": None}
    assert one.data == expected


def test_a_row_that_is_there_already_is_refused_as_by_the_orm(database: Database) -> None:
    with database.session() as session:
        insert_many(session, "events", EVENT, [row(0)])
        session.commit()
    with database.session() as session, pytest.raises(IntegrityError):
        insert_many(session, "events", EVENT, [row(1), row(0)])
    with database.reading() as session:
        assert len(session.exec(select(Event)).all()) == 1, "nothing of the batch stays"


def test_a_server_that_ends_the_connection_is_said_in_words(postgres_url: str) -> None:
    with open_database(postgres_url) as database, psycopg.connect(postgres_url, autocommit=True) as other:
        with pytest.raises(DatabaseError, match="the server went away, see its log"), database.session() as session:
            insert_many(session, "events", EVENT, [row(0)])
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            insert_many(session, "events", EVENT, [row(1)])
        with database.reading() as session:
            assert session.exec(select(Event)).all() == []
