"""A connection that can't write, and that gives up on what takes too long."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from offchain.analytics.errors import AnalyticsError
from offchain.database.urls import shown

LIMIT_SECONDS = 10
"""How long one statement may take."""
CHECK_EVERY = 10_000
"""SQLite: virtual machine steps between two looks at the clock."""


class ReadOnly:
    """A database that is only looked at. Threads may share it."""

    def __init__(self, url: URL, limit_seconds: int = LIMIT_SECONDS) -> None:
        """The database must be there; nothing is connected yet."""
        self.is_postgres = url.get_backend_name() == "postgresql"
        self._limit = limit_seconds
        self.engine = _postgres(url, limit_seconds) if self.is_postgres else _sqlite(url)
        self._shown = shown(url)

    def rows(self, sql: str, values: Mapping[str, int]) -> list[dict[str, Any]]:
        """What a statement finds; AnalyticsError where it takes too long or the database can't be asked."""
        try:
            with self._connected() as connection:
                answer = connection.execute(text(sql), dict(values))
                return [dict(row) for row in answer.mappings()]
        except DBAPIError as error:
            raise AnalyticsError(self._words(error)) from None

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            if not self.is_postgres:
                deadline = monotonic() + self._limit
                driver: Any = connection.connection.driver_connection
                driver.set_progress_handler(lambda: monotonic() > deadline, CHECK_EVERY)
            yield connection

    def _words(self, error: DBAPIError) -> str:
        said = str(error.orig).strip().partition("\n")[0]
        if "interrupted" in said or "statement timeout" in said:
            return f"this takes longer than {self._limit} s here: choose fewer days, or run its SQL yourself"
        return f"{self._shown} can't be asked ({said}): look at the database"


def _sqlite(url: URL) -> Engine:
    """Opened read-only by SQLite itself, so that not even a mistake in a statement could change anything."""
    file = Path(str(url.database)).absolute().as_uri()
    engine = create_engine(url.set(database=file, query={"mode": "ro", "uri": "true"}))
    event.listen(engine, "connect", _forbid_writing)
    return engine


def _forbid_writing(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA query_only = ON")


def _postgres(url: URL, limit_seconds: int) -> Engine:
    options = f"-c default_transaction_read_only=on -c statement_timeout={limit_seconds * 1_000}"
    return create_engine(url, pool_pre_ping=True, pool_size=2, connect_args={"options": options, "connect_timeout": 10})
