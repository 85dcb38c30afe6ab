"""Statements that are made once: on both databases they give what SQLAlchemy's session gives."""

from typing import Any

import pytest
from sqlalchemy import bindparam, func, select
from sqlmodel import col

from offchain.database.database import Database, open_database
from offchain.database.errors import DatabaseError
from offchain.database.prepared import Prepared, equal
from offchain.database.tables.event import Event
from offchain.database.tables.price_tally import PriceTally

_EVENTS: Any = Event.__table__  # type: ignore[attr-defined]
_TALLIES: Any = PriceTally.__table__  # type: ignore[attr-defined]
LARGEST = 2**63 - 1
ODD = "50%; DROP TABLE events -- ' :name %(name)s"
"""What a careless statement would stumble over."""


def _fill(database: Database) -> None:
    with database.session() as session:
        for number, name in enumerate(("a", "b", ODD)):
            session.add(
                Event(
                    signature=name,
                    number=number,
                    slot=7,
                    position=0,
                    path="0",
                    program="p",
                    name="n",
                    data={"sequence": str(number), "flag": True, "none": None, "long": LARGEST},
                )
            )
            session.add(PriceTally(source=name, pair="p", verdict="used", count=LARGEST - number, last_ms=-number))
        session.commit()


QUERIES: list[tuple[Any, dict[str, Any]]] = [
    (select(_EVENTS).order_by(_EVENTS.c.number), {}),
    (select(_EVENTS).where(equal(_EVENTS.c.signature, "signature")), {"signature": ODD}),
    (select(_EVENTS).where(equal(_EVENTS.c.data["sequence"].as_string(), "wanted")), {"wanted": "1"}),
    (select(_EVENTS.c.data).where(_EVENTS.c.name.in_(("n", "m")), _EVENTS.c.number > bindparam("low")), {"low": 0}),
    (select(func.count(), func.max(_EVENTS.c.slot)), {}),
    (select(_TALLIES).order_by(_TALLIES.c.source).limit(bindparam("most")), {"most": 2}),
    (select(_TALLIES).where(_TALLIES.c.source == "nobody"), {}),
]


@pytest.mark.parametrize("at", range(len(QUERIES)))
def test_rows_are_those_of_a_session(url: str, at: int) -> None:
    query, values = QUERIES[at]
    prepared = Prepared(query)
    with open_database(url) as database:
        _fill(database)
        with database.reading() as session:
            expected = session.execute(query, values).all()
        for _ in range(2):
            with database.snapshot() as snapshot:
                rows = snapshot.rows(prepared, **values)
                assert [tuple(row) for row in rows] == [tuple(row) for row in expected]
                assert [tuple(row) for row in snapshot.tuples(prepared, **values)] == [tuple(row) for row in expected]
                assert [type(value) for row in rows for value in row] == [type(v) for row in expected for v in row]


def test_columns_have_their_names(url: str) -> None:
    with open_database(url) as database:
        _fill(database)
        with database.snapshot() as snapshot:
            (row,) = snapshot.rows(Prepared(select(_EVENTS).where(equal(_EVENTS.c.number, "number"))), number=1)
    assert (row.signature, row.data["flag"], row.data["long"], row.market_id) == ("b", True, LARGEST, None)


def test_lists_may_have_any_length(url: str) -> None:
    some = Prepared(
        select(_EVENTS.c.signature)
        .where(equal(_EVENTS.c.signature, "signatures", True), equal(_EVENTS.c.slot, "slot"))
        .order_by(_EVENTS.c.number)
    )
    with open_database(url) as database:
        _fill(database)
        with database.snapshot() as snapshot:
            for wanted in ([], ["a"], ["b", "a"], [ODD], ["x"] * 400, ["a", "b", ODD]):
                found = [row.signature for row in snapshot.rows(some, signatures=wanted, slot=7)]
                assert found == [name for name in ("a", "b", ODD) if name in wanted]
            assert snapshot.rows(some, signatures=["a"], slot=8) == []


def test_nothing_changes_in_a_snapshot(url: str) -> None:
    count = Prepared(select(func.count()).select_from(_TALLIES))
    with open_database(url) as database:
        with database.snapshot() as snapshot:
            assert snapshot.rows(count)[0][0] == 0
            with database.session() as session:
                session.add(PriceTally(source="a", pair="p", verdict="used", count=1, last_ms=1))
                session.commit()
            assert snapshot.rows(count)[0][0] == 0
            assert snapshot.session.execute(select(col(PriceTally.source))).all() == []
            assert snapshot.rows(count)[0][0] == 0
        with database.snapshot() as snapshot:
            assert snapshot.session.execute(select(col(PriceTally.source))).all() == [("a",)]
            assert snapshot.rows(count)[0][0] == 1


def test_a_connection_goes_back_as_it_was(url: str) -> None:
    """More snapshots than the pool has connections, then a writer on one of them."""
    count = Prepared(select(func.count()).select_from(_TALLIES))
    with open_database(url) as database:
        for _ in range(30):
            with pytest.raises(LookupError), database.snapshot() as snapshot:
                snapshot.rows(count)
                raise LookupError
        with database.session() as session:
            session.add(PriceTally(source="a", pair="p", verdict="used", count=1, last_ms=1))
            session.commit()
        with database.snapshot() as snapshot:
            assert snapshot.rows(count)[0][0] == 1


def test_a_snapshot_writes_nothing_on_a_server(postgres_url: str) -> None:
    refused = pytest.raises(Exception, match="read-only transaction")
    with open_database(postgres_url) as database, refused, database.snapshot() as snapshot:
        snapshot.session.add(PriceTally(source="a", pair="p", verdict="used", count=1, last_ms=1))
        snapshot.session.commit()


def test_a_server_that_goes_away_is_explained_and_found_again(postgres_url: str) -> None:
    count = Prepared(select(func.count()).select_from(_TALLIES))
    others = "pid <> pg_backend_pid() AND datname = current_database()"
    with open_database(postgres_url) as database, open_database(postgres_url) as other:
        with pytest.raises(DatabaseError, match="the server went away, see its log"), database.snapshot() as snapshot:
            snapshot.rows(count)
            with other.engine.connect() as connection:
                connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
            snapshot.rows(count)
        with database.snapshot() as snapshot:
            assert snapshot.rows(count)[0][0] == 0
