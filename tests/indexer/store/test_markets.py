"""Which market an instruction concerns, where nothing but its accounts tells it."""

from sqlmodel import col, select

from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database
from offchain.database.tables.instruction import Instruction
from offchain.database.tables.transaction import Transaction
from offchain.indexer.db_hash import db_hash
from offchain.indexer.projections.tables import TableProjections
from offchain.indexer.store.markets import DERIVED, Markets
from offchain.indexer.store.rebuild import rebuild
from offchain.indexer.store.store import Store
from offchain.settings.project import load_project
from tests.indexer.conftest import Life, caught_up

PARAMETERS = load_project().profile("development").parameters


def test_a_failed_deposit_has_its_market(life: Life, database: Database) -> None:
    caught_up(life.http, database)
    with database.reading() as session:
        failed = select(Transaction.signature).where(col(Transaction.error_code).is_not(None))
        calls = session.exec(select(Instruction).where(col(Instruction.signature).in_(failed))).all()
    deposits = [call for call in calls if call.name == "deposit"]
    assert [call.market_id for call in deposits] == [str(life.world.market.id)]
    assert "market_id" not in deposits[0].args
    assert {"market", "market_id"}.isdisjoint(deposits[0].accounts)


def test_what_concerns_a_market_has_it(life: Life, database: Database) -> None:
    """Whatever names an account that a market has once, but for the one that makes the market known."""
    caught_up(life.http, database)
    of_market = {str(getattr(life.world.at.market(life.world.market.id), name)) for name in DERIVED}
    with database.reading() as session:
        calls = session.exec(select(Instruction).where(col(Instruction.name).is_not(None))).all()
    found = [call for call in calls if of_market & set(call.accounts.values())]
    assert len(found) > 50
    assert [call.name for call in found if call.market_id != str(life.world.market.id)] == []


def test_a_reindex_and_a_restart_know_the_same_markets(life: Life, database: Database) -> None:
    caught_up(life.http, database, TableProjections(LOCALNET, PARAMETERS))
    before = db_hash(database)
    rebuild(Store(database, TableProjections(LOCALNET, PARAMETERS), LOCALNET), LOCALNET)
    assert db_hash(database) == before
    markets = Markets(LOCALNET)
    with database.reading() as session:
        markets.load(session)
    assert set(markets._of.values()) == {str(life.world.market.id)}
