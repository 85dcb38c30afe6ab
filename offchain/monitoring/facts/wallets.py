"""Which wallets are watched."""

from sqlalchemy import select
from sqlmodel import col

from offchain.api.context import ApiContext
from offchain.database.tables.keeper_action import KeeperAction


def watched_wallets(context: ApiContext) -> list[str]:
    """Those that kept their book in this database, and those of the settings; base58."""
    with context.database.reading() as session:
        kept = session.execute(select(col(KeeperAction.wallet)).distinct()).scalars()
        return sorted({*kept, *context.settings.monitoring.keepers})
