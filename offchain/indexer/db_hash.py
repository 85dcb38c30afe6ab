"""One digest over everything that follows from the chain: two databases that indexed the same chain have the same."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Column, String, Table, select
from sqlmodel import Session

from offchain.database.database import Database
from offchain.database.tables import metadata
from offchain.database.tables.projections import NAMES

LOCAL_TABLES = frozenset(
    {
        "watermarks",  # how far one indexer has come
        "projection_undo",  # what it may still have to take back
        "figures",  # what the processor made of everything else
        *("log_repairs", "account_repairs"),  # what its nodes cut off, and how that was made good
        *("alerts", "job_reports"),  # what the monitoring sees
        *("keeper_action", "keeper_halt"),  # the book of one keeper
        *("price_anchor", "price_candle", "price_push", "price_quote", "price_source", "price_tally"),  # one capture
    }
)
"""Tables that tell of a process and not of the chain; a new table is hashed unless it is named here."""
CHAIN_TABLES = frozenset(
    {
        *("transactions", "instructions", "events"),
        *("share_prices", "score_history", "premium_flows", "no_claims", "withdrawals", "keeper_earnings"),
        "feed_prices",
        *NAMES.values(),  # the projections
    }
)
"""Tables that follow from the chain. Each table has to be named here or above: a test asks for the decision."""
_FETCH = 1_000


def db_hash(database: Database) -> str:
    """SHA-256 in hex over every column of every row of every table but the local ones."""
    return tables_digest(database)[0]


def tables_digest(database: Database) -> tuple[str, dict[str, str]]:
    """The same, and the digest of each table, to see where two databases differ."""
    digests: dict[str, str] = {}
    with database.reading() as session:
        for table in hashed_tables():
            digests[str(table.name)] = table_digest(session, table)
    return sha256(msgspec.json.encode(digests, order="sorted")).hexdigest(), digests


def table_digest(session: Session, table: Table) -> str:
    """SHA-256 in hex over every column of every row of one table."""
    digest = sha256()
    for line in _lines(session, table):
        digest.update(line)
    return digest.hexdigest()


def hashed_tables() -> list[Table]:
    """By name."""
    return [table for name, table in sorted(metadata().tables.items()) if name not in LOCAL_TABLES]


def _lines(session: Session, table: Table) -> Iterator[bytes]:
    """Each row as one line of JSON with its columns and keys sorted, in the order of the primary key."""
    names = sorted(column.name for column in table.columns)
    yield msgspec.json.encode([str(table.name), *map(str, names)]) + b"\n"
    on_postgres = session.get_bind().dialect.name == "postgresql"
    order = [_binary(column) if on_postgres else column for column in table.primary_key.columns]
    rows = session.execute(
        select(*(table.c[name] for name in names)).order_by(*order).execution_options(yield_per=_FETCH)
    )
    for row in rows:
        yield msgspec.json.encode(list(row), order="sorted") + b"\n"


def _binary(column: Column[Any]) -> Any:
    """SQLite compares text byte by byte; PostgreSQL has to be told."""
    return column.collate("C") if isinstance(column.type, String) else column
