"""`percosec db-hash`: one digest over everything the indexer knows."""

import click

from offchain.commands.context import Context, with_context
from offchain.database.database import open_database
from offchain.indexer.db_hash import tables_digest


@click.command("db-hash")
@click.option("--database", help="SQLAlchemy URL.  [PERCOSEC_DATABASE]")
@with_context
def command(context: Context, database: str | None) -> None:
    """Print one digest over every column of every table that follows from the chain.

    Two databases that indexed the same chain have the same digest, on SQLite and PostgreSQL alike.
    """
    with open_database(database or context.settings.database) as opened:
        digest, tables = tables_digest(opened)
    context.emit({"db_hash": digest, "tables": tables}, digest)
