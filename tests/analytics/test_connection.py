"""The page's connection reads, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from offchain.analytics.connection import ReadOnly
from offchain.analytics.errors import AnalyticsError
from offchain.analytics.timings import MOST_STATEMENTS, OTHERS, Timings
from offchain.database.database import Database, open_database

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) AS n FROM n WHERE i < 0"
WRITES = (
    "DELETE FROM events",
    "UPDATE transactions SET fee = 0",
    "INSERT INTO price_anchor (pair, recording, recorded, at_ms, speed) VALUES ('x', 'x', 0, 0, 0)",
    "DROP TABLE events",
    "CREATE TABLE mine (n INTEGER)",
)


@pytest.fixture
def readonly(database: Database) -> Iterator[ReadOnly]:
    made = ReadOnly(database.url, limit_seconds=1)
    yield made
    made.close()


def test_nothing_can_be_written(database: Database, readonly: ReadOnly) -> None:
    for statement in WRITES:
        with pytest.raises(AnalyticsError, match=r"read-?only"):
            readonly.rows(statement, {})
    with database.reading() as session:
        assert session.execute(text("SELECT COUNT(*) FROM events")).scalar_one() > 0


def test_a_setting_that_would_allow_it_changes_nothing(database: Database, readonly: ReadOnly) -> None:
    """SQLite's pragma can be switched off again, the file is opened read-only all the same."""
    if database.url.get_backend_name() == "sqlite":
        with readonly._connected() as connection:
            connection.execute(text("PRAGMA query_only = OFF"))
            with pytest.raises(Exception, match="readonly database"):
                connection.execute(text("DELETE FROM events"))


def test_what_takes_too_long_is_given_up(readonly: ReadOnly) -> None:
    with pytest.raises(AnalyticsError, match="longer than 1 s"):
        readonly.rows(ENDLESS, {})
    assert readonly.rows("SELECT 1 AS n", {}) == [{"n": 1}]


def test_an_odd_folder_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "50% of it? #1"
    with open_database(f"sqlite:///{folder}/index.db") as database:
        readonly = ReadOnly(database.url)
        assert readonly.rows("SELECT COUNT(*) AS n FROM events", {}) == [{"n": 0}]
        readonly.close()


def test_statements_are_timed(database: Database) -> None:
    timings = Timings()
    timings.listen(database.engine)
    with database.reading() as session:
        for _ in range(3):
            session.execute(text("SELECT COUNT(*) FROM events"))
    timings.unlisten(database.engine)
    with database.reading() as session:
        session.execute(text("SELECT COUNT(*) FROM events"))
    row = next(row for row in timings.rows(10) if row["statement"] == "SELECT COUNT(*) FROM events")
    assert row["calls"] == 3
    assert row["total"] >= row["most"] >= row["mean"] > 0
    assert row["mean"] == row["total"] // 3 or abs(row["mean"] * 3 - row["total"]) <= 3


def test_endlessly_many_statements_are_counted_together(tmp_path: Path) -> None:
    timings = Timings()
    with open_database(f"sqlite:///{tmp_path / 'index.db'}") as database:
        timings.listen(database.engine)
        with database.reading() as session:
            for number in range(MOST_STATEMENTS + 50):
                session.execute(text(f"SELECT {number}"))
        timings.unlisten(database.engine)
    rows = timings.rows(10_000)
    assert len(rows) == MOST_STATEMENTS + 1
    assert sum(row["calls"] for row in rows) >= MOST_STATEMENTS + 50
    assert next(row for row in rows if row["statement"] == OTHERS)["calls"] >= 50
