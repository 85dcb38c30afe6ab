"""Final transactions that a node told of too late: they are put in their place, and what follows from events anew."""

from collections.abc import Mapping, Sequence

from sqlalchemy import update
from sqlmodel import col

from offchain.chain.addresses import Addresses
from offchain.database.tables.event import Event
from offchain.database.tables.transaction import Transaction
from offchain.indexer.decode.model import DecodedEvent
from offchain.indexer.store.rebuild import replay
from offchain.indexer.store.store import Entry, Store, insert_entries


def insert_late(
    store: Store, entries: Sequence[Entry], positions: Mapping[str, int], at: Addresses
) -> list[DecodedEvent]:
    """Insert entries among the stored ones, in one database transaction; returns their events.

    `positions` are those of the transactions that share their slots and are stored already.
    """
    with store.writing(store.marks) as session:
        insert_entries(session, entries, max(raw.slot for raw, _ in entries))
        for signature, position in positions.items():
            for table in (Transaction, Event):
                session.execute(update(table).where(col(table.signature) == signature).values(position=position))
        store.projections.reset(session)
        for events, final in replay(session, at):
            store.projections.apply(session, events, final)
    return [event for _, decoded in entries for event in decoded.events]
