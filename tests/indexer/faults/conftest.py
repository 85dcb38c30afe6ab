"""An undisturbed run with projections and histories, and databases of both kinds to be disturbed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database, open_database
from offchain.database.tables.transaction import Transaction
from offchain.indexer.db_hash import tables_digest
from offchain.indexer.projections.tables import TableProjections
from tests.indexer.conftest import Life, caught_up
from tests.support.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]


@dataclass
class Undisturbed:
    """What an indexer makes of the life when nothing goes wrong."""

    digest: str
    tables: dict[str, str]
    transactions: int


@pytest.fixture(scope="session")
def undisturbed(life: Life, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    with open_database(f"sqlite:///{tmp_path_factory.mktemp('calm') / 'calm.db'}") as database:
        caught_up(life.http, database, TableProjections(LOCALNET, life.world.parameters))
        return Undisturbed(*tables_digest(database), stored(database))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'faults.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    with open_database(url) as opened:
        yield opened


def stored(database: Database, *commitments: str) -> int:
    """Transactions in a database, of these commitments where any is named."""
    query = select(func.count()).select_from(Transaction)
    if commitments:
        query = query.where(col(Transaction.commitment).in_(commitments))
    with database.reading() as session:
        return int(session.execute(query).scalar_one())
