"""A database goes with one chain: a new local chain beside an old database would be two histories in one."""

from sqlmodel import select

from offchain.database.database import Database
from offchain.database.tables.watermark import Watermark
from offchain.serve.errors import ServeError


def refuse_other_chain(database: Database, continued: bool) -> None:
    """ServeError where the local chain is new (not `continued`) and the database already knows one."""
    if continued:
        return
    with database.reading() as session:
        known = session.exec(select(Watermark).limit(1)).first()
    if known is not None:
        raise ServeError(
            "the database holds the history of a chain that is no longer in the data folder: "
            "give --fresh to begin anew, or another --database"
        )
