"""Many rows at once, past SQLAlchemy's handling of each value: COPY on PostgreSQL, a prepared INSERT on SQLite."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session


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
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
