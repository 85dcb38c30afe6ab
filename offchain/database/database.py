"""`open_database`: a migrated database and its sessions."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from sqlalchemy import URL, Engine
from sqlalchemy.exc import DatabaseError as DriverError
from sqlalchemy.exc import InterfaceError
from sqlmodel import Session

from offchain.database.engine import BEGIN, open_engine
from offchain.database.errors import DatabaseError
from offchain.database.migrate import migrate
from offchain.database.snapshot import Snapshot, snapshot_of
from offchain.database.urls import read_url, shown


class Database:
    """One open database. Threads may share it; a session belongs to one thread."""

    def __init__(self, engine: Engine, url: URL) -> None:
        """Use `open_database`."""
        self.engine = engine
        self.url = url
        # Made once: making one costs as much as a small question.
        self._writing = engine.execution_options(**{BEGIN: "IMMEDIATE", "postgresql_readonly": False})
        self._reading = engine.execution_options(**{BEGIN: "DEFERRED", "postgresql_readonly": True})
        self._begun = engine.execution_options(**{BEGIN: None})

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session that may write; it has to `commit()`. One at a time on SQLite: others wait up to 15 s."""
        with self._session(self._writing) as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads, and never waits for a writer."""
        with self._session(self._reading) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """The database at one moment, for what is read often; it never waits for a writer."""
        with _explained(self.url), snapshot_of(self._begun) as found:
            yield found

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def __enter__(self) -> "Database":
        """For `with`: closes at its end."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """See `close`."""
        self.close()

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        with _explained(self.url), Session(engine, expire_on_commit=False) as session:
            yield session


def open_database(url: str) -> Database:
    """Open `sqlite:///FILE` or `postgresql://...`, creating or migrating its tables; DatabaseError says what to do."""
    address = read_url(url)
    engine = open_engine(address)
    try:
        with _explained(address):
            migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine, address)


@contextmanager
def _explained(url: URL) -> Iterator[None]:
    """Say in one sentence what a driver's error means; mistakes in our own statements pass as they are."""
    try:
        yield
    except (DriverError, InterfaceError) as error:
        advice = _advice(str(error.orig))
        if advice is None:
            raise
        raise DatabaseError(f"{shown(url)}: {_first_line(error)}: {advice}") from None


def _first_line(error: DriverError | InterfaceError) -> str:
    return str(error.orig).strip().partition("\n")[0]


_ADVICE = {
    "unable to open": "check that the folder exists and may be written",
    "readonly database": "make the file and its folder writable, or choose another one",
    "read-only": "make the file and its folder writable, or choose another one",
    "not a database": "the file is no SQLite database, choose another one",
    "malformed": "the file is damaged, restore a copy or choose another one",
    "disk i/o error": "check the disk",
    "is full": "make room on the disk",
    "is locked": "another process holds it, find out which and stop it",
    "connection failed": "check the address, the user and that the server runs",
    "failed to resolve": "check the address",
    "server closed the connection": "the server went away, see its log",
    "terminating connection": "the server went away, see its log",
    "consuming input failed": "the server went away, see its log",
    "connection is lost": "the server went away, see its log",
    "connection is closed": "the server went away, see its log",
}
"""Part of a driver's message, in lower case -> what to do."""


def _advice(message: str) -> str | None:
    lowered = message.lower()
    return next((advice for part, advice in _ADVICE.items() if part in lowered), None)
