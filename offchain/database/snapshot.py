"""`Snapshot`: the database at one moment, read through its driver."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from psycopg import IsolationLevel
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from offchain.database.prepared import Prepared


class Snapshot:
    """One transaction that only reads. It belongs to one thread."""

    def __init__(self, engine: Engine) -> None:
        """Use `snapshot_of`."""
        self._engine = engine
        self._dialect = engine.dialect
        self._pooled = engine.raw_connection()
        self._driver: Any = self._pooled.driver_connection

    def rows(self, query: Prepared, **values: Any) -> list[Any]:
        """All rows as named tuples."""
        text = query.text(self._dialect, values)
        return text.rows(self._run(text.sql, text.bound(values)))

    def tuples(self, query: Prepared, **values: Any) -> list[Any]:
        """All rows without names."""
        text = query.text(self._dialect, values)
        return text.tuples(self._run(text.sql, text.bound(values)))

    @cached_property
    def session(self) -> Session:
        """The same transaction for what is asked seldom: SQLAlchemy's session."""
        return Session(Connection(self._engine, self._pooled), expire_on_commit=False)

    def begin(self) -> None:
        """From here on nothing changes: at the first read on either database."""
        if self._dialect.name == "sqlite":
            self._driver.execute("BEGIN DEFERRED")
        else:
            self._driver.isolation_level, self._driver.read_only = IsolationLevel.REPEATABLE_READ, True

    def close(self) -> None:
        """The connection goes back as it was."""
        if "session" in self.__dict__:
            self.session.close()
        if self._pooled.is_valid and self._dialect.name != "sqlite":
            self._driver.rollback()
            self._driver.isolation_level = self._driver.read_only = None
        self._pooled.close()

    def abandon(self, error: BaseException) -> None:
        """The connection may be broken: the pool makes a new one."""
        self._pooled.invalidate(error)

    def _run(self, sql: str, values: dict[str, Any]) -> list[Any]:
        found: list[Any] = self._driver.execute(sql, values).fetchall()
        return found


@contextmanager
def snapshot_of(engine: Engine) -> Iterator[Snapshot]:
    """A snapshot, closed at the end; SQLAlchemy's errors, as from a session. The engine's option BEGIN is None."""
    driver: Any = engine.dialect.loaded_dbapi
    try:
        found = Snapshot(engine)
        try:
            found.begin()
            yield found
        except driver.Error as error:
            found.abandon(error)
            raise
        finally:
            found.close()
    except driver.Error as error:
        raise DBAPIError.instance(None, None, error, driver.Error, dialect=engine.dialect) from error
