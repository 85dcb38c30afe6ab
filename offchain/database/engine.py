"""Connections. On SQLite each transaction that may write takes the write lock at its start.

Otherwise a transaction that reads first and then writes would fail at once, without waiting, whenever another process
wrote in between (a snapshot can't be upgraded).
"""

import sqlite3
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import URL, Connection, Engine, create_engine, event

from offchain.database.errors import DatabaseError

BUSY_SECONDS = 15
"""How long a writer waits for another one."""
BEGIN = "percosec_begin"
"""Execution option: how a transaction starts on SQLite, `IMMEDIATE` (may write) or `DEFERRED` (only reads).

None: it has started already.
"""


def open_engine(url: URL) -> Engine:
    """An engine for an address of `read_url`; makes an SQLite file's folder."""
    if url.drivername != "sqlite":
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": BUSY_SECONDS}, **_JSON)
    path = Path(str(url.database))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(
            f"the folder {path.parent} can't be made ({error.strerror}): choose another file for the database"
        ) from None
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "isolation_level": None}, **_JSON)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _to_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


_JSON: dict[str, Any] = {"json_serializer": _to_json, "json_deserializer": msgspec.json.decode}
"""Several times as fast as the standard library's, for the raw transactions."""


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA journal_mode = WAL")
        # In WAL mode this loses no consistency, and at most the last moments when the machine itself fails.
        cursor.execute("PRAGMA synchronous = NORMAL")
    finally:
        cursor.close()


def _begin(connection: Connection) -> None:
    how = connection.get_execution_options().get(BEGIN, "IMMEDIATE")
    if how is not None:
        connection.exec_driver_sql(f"BEGIN {how}")
