"""Rows of an earlier slot are what they were then, or unknown; never what they are now."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database, open_database
from offchain.database.tables.transaction import Transaction
from offchain.indexer.comparison.past import rows_at
from offchain.indexer.projections.tables import TableProjections
from tests.indexer.conftest import Life, caught_up
from tests.indexer.projections.audited import events_of, projected
from tests.support.lying_node import LyingNode, final_up_to


@pytest.fixture(scope="module")
def confirmed(life: Life, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, list[int]]]:
    """A database whose second half may still be dropped; and the slots of its transactions."""
    slots = sorted({record.slot for record in life.world.local.transactions()})
    with (
        open_database(f"sqlite:///{tmp_path_factory.mktemp('past') / 'past.db'}") as database,
        LyingNode(life.http, final_up_to(lambda: slots[len(slots) // 2])).serving() as node,
    ):
        caught_up(node.url, database, TableProjections(LOCALNET, life.world.parameters))
        yield database, slots


def test_rows_are_those_of_the_slot(life: Life, confirmed: tuple[Database, list[int]]) -> None:
    database, slots = confirmed
    told = list(events_of(life.world.local))
    every = projected(told).rows
    with database.reading() as session:
        final = session.execute(select(Transaction.slot).where(Transaction.commitment == "finalized")).scalars().all()
        for slot in slots[len(slots) // 2 :: 7]:
            assert slot >= max(final)
            past = rows_at(session, dict.fromkeys(every, (slot, None)))
            then = projected(one for one in told if one[1].slot <= slot)
            rows, changes = then.rows, then.state.slots
            assert past == {address: (rows.get(address), changes.get(address, -1)) for address in every}


def test_what_is_final_has_no_past(confirmed: tuple[Database, list[int]], life: Life) -> None:
    database, slots = confirmed
    rows = projected(events_of(life.world.local))
    early = slots[len(slots) // 4]
    with database.reading() as session:
        past = rows_at(session, dict.fromkeys(rows.rows, (early, None)))
    unknown = {address for address, row in past.items() if row is None}
    assert unknown == {address for address in rows.rows if rows.state.slots[address] > early} != set()
    assert all(
        past[address] == (row, rows.state.slots[address])
        for address, row in rows.rows.items()
        if address not in unknown
    )
