"""The indexer against a real node: everything once, in order, failed ones too."""

from sqlmodel import func, select

from offchain.chain.events import parse_events
from offchain.database.database import Database
from offchain.database.tables.event import Event
from offchain.database.tables.instruction import Instruction
from offchain.database.tables.transaction import Transaction
from offchain.database.tables.watermark import Watermark
from offchain.indexer.db_hash import db_hash
from offchain.indexer.store.marks import WRITES
from tests.indexer.conftest import Life, caught_up
from tests.support.lives import documents


def test_every_transaction_of_a_life_is_stored_with_everything_in_it(life: Life, database: Database) -> None:
    indexer = caught_up(life.http, database)
    told = documents(life.world)
    with database.reading() as session:
        stored = session.exec(select(Transaction).order_by(Transaction.slot, Transaction.position)).all()
        events = session.exec(select(Event).order_by(Event.slot, Event.position, Event.number)).all()
        calls = session.exec(select(func.count()).select_from(Instruction)).one()
    assert [row.raw for row in stored] == told
    assert [row.error_code for row in stored if row.err is not None] == ["E_MIN_DEPOSIT"]
    assert {row.commitment for row in stored} == {"finalized"}
    wanted = [
        found for one in told if one["meta"]["err"] is None for found in parse_events(one["meta"]["logMessages"]).events
    ]
    assert [event.name for event in events] == [type(found).__name__ for found in wanted]
    inner = [group["instructions"] for one in told for group in one["meta"]["innerInstructions"]]
    tops = [one["transaction"]["message"]["instructions"] for one in told]
    assert calls == sum(map(len, inner)) + sum(map(len, tops))
    status = indexer.status()
    assert (status["transactions"], status["events"], status["truncated"]) == (len(told), len(events), 0)
    assert status["watermark_slot"] == stored[-1].slot <= status["head_slot"]
    assert db_hash(database) == life.digest


def test_each_program_has_the_watermark_of_its_newest_transaction(life: Life, database: Database) -> None:
    caught_up(life.http, database)
    local = life.world.local
    with database.reading() as session:
        marks = {row.program: row.signature for row in session.exec(select(Watermark)) if row.program != WRITES}
    newest = {name: local.transactions_of(key, limit=1) for name, key in life.world.at.deployed.items()}
    assert marks == {name: str(found[0].signature) for name, found in newest.items() if found}


def test_another_run_stores_nothing_again(life: Life, database: Database) -> None:
    caught_up(life.http, database)
    again = caught_up(life.http, database)
    assert again.status()["transactions"] == 0
    assert db_hash(database) == life.digest
