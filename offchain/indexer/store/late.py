"""Final transactions that a node told of too late: they are put in their place, and what follows from events anew."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, update
from sqlmodel import col

from offchain.chain.addresses import Addresses
from offchain.database.tables.event import Event
from offchain.database.tables.instruction import Instruction
from offchain.database.tables.transaction import Transaction
from offchain.indexer.decode.model import Decoded, DecodedEvent
from offchain.indexer.raw import RawTransaction
from offchain.indexer.repair.before import Rows
from offchain.indexer.repair.mend import Mended
from offchain.indexer.store.doubt import read_doubt
from offchain.indexer.store.feed import Entry, Mend
from offchain.indexer.store.rebuild import replay
from offchain.indexer.store.store import Store, insert_decoded, insert_entries


def insert_late(
    store: Store, entries: Sequence[Entry], positions: Mapping[str, int], at: Addresses, mend: Mend | None = None
) -> list[DecodedEvent]:
    """Insert entries among the stored ones, in one database transaction; returns their events.

    `positions` are those of the transactions that share their slots and are stored already.
    """
    mended: dict[str, Entry] = {}
    with store.writing(store.marks) as session:
        insert_entries(session, entries, max(raw.slot for raw, _ in entries))
        for signature, position in positions.items():
            for table in (Transaction, Event):
                session.execute(update(table).where(col(table.signature) == signature).values(position=position))
        wanted = {raw.signature for raw, _ in entries}
        replay(session, store.projections, at, mend and _only(wanted, mend, mended))
        for signature, (_, decoded) in mended.items():
            session.execute(delete(Instruction).where(col(Instruction.signature) == signature))
            session.execute(delete(Event).where(col(Event.signature) == signature))
            insert_decoded(session, [decoded])
            cut = update(Transaction).where(col(Transaction.signature) == signature)
            session.execute(cut.values(truncated=decoded.truncated))
        store.doubtful = read_doubt(session).lasts
    entries = [mended.get(raw.signature, (raw, decoded)) for raw, decoded in entries]
    return [event for _, decoded in entries for event in decoded.events]


def _only(wanted: set[str], mend: Mend, mended: dict[str, Entry]) -> Mend:
    """Mends these transactions and keeps what becomes of them: the others were tried when they were stored."""

    def one(raw: RawTransaction, decoded: Decoded, rows: Rows | None) -> Mended | None:
        if raw.signature not in wanted:
            return None
        found = mend(raw, decoded, rows)
        if found is not None:
            mended[raw.signature] = (found.raw, found.decoded)
        return found

    return one
