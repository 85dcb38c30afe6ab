"""Everything that is derived, made anew from the stored raw transactions."""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import delete
from sqlmodel import Session, col, select

from offchain.chain.addresses import Addresses
from offchain.database.tables.event import Event
from offchain.database.tables.instruction import Instruction
from offchain.database.tables.log_repair import LogRepair
from offchain.database.tables.transaction import Transaction
from offchain.indexer.decode import Decoded, decode
from offchain.indexer.raw import RawTransaction, read_raw
from offchain.indexer.store.feed import Feed, Mend
from offchain.indexer.store.projections import Projections
from offchain.indexer.store.rows import FINALIZED, transaction_row
from offchain.indexer.store.store import Store, insert_decoded

PART = 500
"""Transactions held in memory."""
_DERIVED = ("block_time", "err", "error_code", "error_program", "fee", "units", "truncated")
"""Columns of `transactions` that are read from its raw document."""
Stored = tuple[RawTransaction, bool]
"""A stored transaction, and whether it is final."""


def rebuild(store: Store, at: Addresses) -> int:
    """Drop instructions, events and projections and derive them again, in one database transaction.

    Until it is done others see what was there before. Returns the number of transactions.
    """
    count = 0
    with store.writing(store.marks) as session:
        session.execute(delete(Instruction))
        session.execute(delete(Event))
        store.projections.reset(session)
        feed = Feed(session, store.projections)
        for part, final in parts(session):
            decoded = [decode(raw, at) for raw in part]
            entries = list(zip(part, decoded, strict=True))
            _renew(session, entries, final)
            insert_decoded(session, decoded)
            feed.take(entries, part[-1].slot if final else -1)
            count += len(part)
        feed.end()
    return count


def replay(session: Session, projections: Projections, at: Addresses, mend: Mend | None = None) -> None:
    """Make the projections anew from all stored transactions; `mend` gets those that were never tried to be mended."""
    projections.reset(session)
    feed = Feed(session, projections, mend)
    for part, final in parts(session):
        feed.take([(raw, decode(raw, at)) for raw in part], part[-1].slot if final else -1)
    feed.end()


def parts(session: Session) -> Iterator[tuple[list[RawTransaction], bool]]:
    """All stored transactions in order, some at a time; each part is wholly final or wholly not."""
    after = (-1, -1)
    while True:
        found = _next(session, after)
        if not found:
            return
        after = (found[-1][0].slot, found[-1][0].position)
        for final, group in groupby(found, key=lambda one: one[1]):
            yield [raw for raw, _ in group], final


def _next(session: Session, after: tuple[int, int]) -> list[Stored]:
    slot, position = after
    later = (col(Transaction.slot) > slot) | ((col(Transaction.slot) == slot) & (col(Transaction.position) > position))
    query = (
        select(Transaction.raw, Transaction.position, Transaction.commitment, LogRepair.logs)
        .join(LogRepair, col(LogRepair.signature) == col(Transaction.signature), isouter=True)
        .where(later)
        .order_by(col(Transaction.slot), col(Transaction.position))
        .limit(PART)
    )
    return [
        (read_raw(dict(raw), place, logs), commitment == FINALIZED)
        for raw, place, commitment, logs in session.exec(query)
    ]


def _renew(session: Session, entries: list[tuple[RawTransaction, Decoded]], final: bool) -> None:
    """Write the derived columns of the transactions themselves."""
    for raw, decoded in entries:
        row = transaction_row(raw, decoded, final)
        stored = session.get_one(Transaction, raw.signature)
        for name in _DERIVED:
            if getattr(stored, name) != row[name]:
                setattr(stored, name, row[name])
        session.flush()
        session.expunge(stored)
