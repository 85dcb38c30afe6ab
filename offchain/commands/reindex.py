"""`percosec reindex`: derive everything anew from the stored raw transactions, or read them anew from the chain."""

import asyncio

import click
from sqlalchemy import delete

from offchain.commands.context import Context, with_context
from offchain.database.database import Database, open_database
from offchain.database.tables.transaction import Transaction
from offchain.indexer.db_hash import db_hash
from offchain.indexer.indexer import Indexer
from offchain.indexer.projections.tables import TableProjections
from offchain.indexer.store.doubt import forget_repairs
from offchain.indexer.store.rebuild import rebuild
from offchain.indexer.store.store import Store


@click.command("reindex")
@click.option("--database", help="SQLAlchemy URL.  [PERCOSEC_DATABASE]")
@click.option("--from-chain", is_flag=True, help="Forget the raw transactions too and read them anew from the chain.")
@with_context
def command(context: Context, database: str | None, from_chain: bool) -> None:
    """Drop what the indexer derived and make it anew: instructions, events and what follows from them.

    Stop the indexer first: one that runs meanwhile stops by itself with an error.
    """
    url = database or context.settings.database
    what = "Read every transaction anew from the chain?" if from_chain else "Derive everything anew?"
    context.confirm(f"{what} The database keeps nothing that was derived before.")
    with open_database(url) as opened:
        count = _from_chain(context, opened) if from_chain else _rebuilt(context, opened)
        digest = db_hash(opened)
    context.emit({"transactions": count, "db_hash": digest}, f"{count} transactions, db-hash {digest}")


def _store(context: Context, database: Database) -> Store:
    return Store(database, TableProjections(context.at, context.parameters), context.at)


def _rebuilt(context: Context, database: Database) -> int:
    return rebuild(_store(context, database), context.at)


def _from_chain(context: Context, database: Database) -> int:
    store = _store(context, database)
    with store.writing({}) as session:
        session.execute(delete(Transaction))
        forget_repairs(session)
    rebuild(store, context.at)
    indexer = Indexer(context.settings, database, context.at, store.projections)

    async def follow() -> int:
        try:
            return await indexer.catch_up()
        finally:
            await indexer.close()

    return asyncio.run(follow())
