"""The database of prices and of the keeper's ledger. Nothing is created or migrated here."""

import os
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

from offchain.commands.context import Context
from offchain.commands.doctor.finding import Finding, fail, ok, warn
from offchain.database.engine import open_engine
from offchain.database.errors import DatabaseError
from offchain.database.migrate import VERSION_TABLE, revisions
from offchain.database.urls import read_url, shown


def check_database(context: Context) -> Finding:
    """Whether it opens, and how old its tables are."""
    try:
        url = read_url(context.settings.database)
        if url.drivername == "sqlite" and not Path(str(url.database)).exists():
            return _absent(Path(str(url.database)))
        return _tables(url, _revision(url))
    except DatabaseError as error:
        return fail("database", str(error), "correct PERCOSEC_DATABASE")
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        return fail(
            "database", f"{context.cluster.name}: {reason}", "check PERCOSEC_DATABASE, and that its server runs"
        )


def _absent(path: Path) -> Finding:
    folder = next(each for each in path.parents if each.exists())
    if folder.is_dir() and _writable(folder):
        return ok("database", f"{path} is not there yet: the first command that needs it makes it")
    return fail("database", f"{path} can't be made in {folder}", "choose another file with PERCOSEC_DATABASE")


def _writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK)


def _revision(url: URL) -> str | None:
    engine = open_engine(url)
    try:
        with engine.connect().execution_options(percosec_begin="DEFERRED") as connection:
            options = {"version_table": VERSION_TABLE}
            return MigrationContext.configure(connection, opts=options).get_current_revision()
    finally:
        engine.dispose()


def _tables(url: URL, revision: str | None) -> Finding:
    known = revisions()
    name = shown(url)
    if revision == known[-1]:
        return ok("database", f"{name}, tables {revision}")
    if revision is None or revision in known:
        text = f"{name}, tables {revision or 'none yet'}, newest {known[-1]}"
        return warn("database", text, "nothing: the first command that needs it brings them up to date")
    return fail("database", f"{name} was written by a newer version (tables {revision})", "update percosec")
