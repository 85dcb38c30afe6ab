"""Where a database is: `sqlite:///FILE` or `postgresql://USER:PASSWORD@HOST/NAME`."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from offchain.database.errors import DatabaseError

HOW = "write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
POSTGRES = "postgresql+psycopg"
_POSTGRES_NAMES = {"postgres", "postgresql", POSTGRES}


def read_url(text: str) -> URL:
    """The address with the driver this project uses; DatabaseError says what is wrong and shows no password."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise DatabaseError(f"the database address can't be read: {HOW}") from None
    if url.drivername == "sqlite":
        return _sqlite(url)
    if url.drivername in _POSTGRES_NAMES:
        if not url.database:
            raise DatabaseError(f"the database address {shown(url)} names no database: {HOW}")
        return url.set(drivername=POSTGRES)
    raise DatabaseError(f"databases of the kind {url.drivername!r} are not known: {HOW}")


def shown(url: URL) -> str:
    """The address for messages, without its password."""
    return url.render_as_string(hide_password=True)


def _sqlite(url: URL) -> URL:
    if url.host:
        raise DatabaseError(f"sqlite://{url.host}... has two slashes where a file needs three: {HOW}")
    if not url.database or url.database == ":memory:":
        raise DatabaseError(f"a database in memory would be empty for every command: {HOW}")
    if url.query:
        raise DatabaseError(f"an SQLite address takes no options after the file: {HOW}")
    return url.set(database=str(Path(url.database).expanduser()))
