"""Many rows at once, past SQLAlchemy's handling of each value: COPY on PostgreSQL, a prepared INSERT on SQLite."""

from collections.abc import Sequence
from typing import Any

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

CACHE_KIB = 65_536
"""SQLite keeps so much of the file in the writer's memory; its own 2 MiB are fewer than one batch touches."""
CHECKPOINT_PAGES = 8_000
"""SQLite moves its log into the file after so many pages: at 1000 it would after every batch."""


def prepare(session: Session) -> None:
    """Make room for many rows on this session's connection."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")


def insert_many(session: Session, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Append rows of a table of ours in the session's transaction; JSON columns are given as text."""
    if not rows:
        return
    connection = session.connection()
    names = ", ".join(f'"{column}"' for column in columns)
    if connection.dialect.name != "postgresql":
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))  # noqa: S608  # ours
        return
    driver: Any = connection.connection.driver_connection
    statement = f"COPY {table} ({names}) FROM STDIN"
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        # As SQLAlchemy would have raised it: whoever waits for its classes has to see them here too.
        raise DBAPIError.instance(statement, None, error, psycopg.Error, dialect=connection.dialect) from error
