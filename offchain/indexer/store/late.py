"""Final transactions that a node told of too late: put in their place, and all that is derived made anew."""

from collections.abc import Mapping, Sequence, Set

from sqlalchemy import update
from sqlmodel import col

from offchain.chain.addresses import Addresses
from offchain.database.tables.transaction import Transaction
from offchain.indexer.decode.model import Decoded, DecodedEvent
from offchain.indexer.raw import RawTransaction
from offchain.indexer.repair.before import Rows
from offchain.indexer.repair.mend import Mended
from offchain.indexer.store.doubt import read_doubt
from offchain.indexer.store.feed import Entry, Mend
from offchain.indexer.store.rebuild import derive
from offchain.indexer.store.store import Store, insert_transactions


def insert_late(
    store: Store, entries: Sequence[Entry], positions: Mapping[str, int], at: Addresses, mend: Mend | None = None
) -> list[DecodedEvent]:
    """Insert entries among the stored ones, in one database transaction; returns their events.

    `positions` are those of the transactions that share their slots and are stored already.
    """
    wanted = {raw.signature for raw, _ in entries}
    with store.writing(store.marks) as session:
        insert_transactions(session, entries, max(raw.slot for raw, _ in entries))
        for signature, position in positions.items():
            of = update(Transaction).where(col(Transaction.signature) == signature)
            session.execute(of.values(position=position))
        done = derive(session, store.projections, at, mend and _only(wanted, mend), wanted)
        store.doubtful = read_doubt(session).lasts
    store.forget()
    return done.events


def _only(wanted: Set[str], mend: Mend) -> Mend:
    """Mends these transactions: the others were tried when they were stored."""

    def one(raw: RawTransaction, decoded: Decoded, rows: Rows | None) -> Mended | None:
        return mend(raw, decoded, rows) if raw.signature in wanted else None

    return one
