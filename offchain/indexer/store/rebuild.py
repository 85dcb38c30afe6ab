"""Everything that is derived, made anew from the stored raw transactions."""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import delete
from sqlmodel import Session, col, select

from offchain.chain.addresses import Addresses
from offchain.database.tables.event import Event
from offchain.database.tables.instruction import Instruction
from offchain.database.tables.transaction import Transaction
from offchain.indexer.decode import Decoded, DecodedEvent, decode
from offchain.indexer.raw import RawTransaction, read_raw
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
        for part, final in parts(session):
            decoded = [decode(raw, at) for raw in part]
            _renew(session, list(zip(part, decoded, strict=True)), final)
            insert_decoded(session, decoded)
            store.projections.apply(session, [event for one in decoded for event in one.events], final)
            count += len(part)
    return count


def replay(session: Session, at: Addresses) -> Iterator[tuple[list[DecodedEvent], bool]]:
    """The events of all stored transactions, in order, and whether they are final."""
    for part, final in parts(session):
        yield [event for raw in part for event in decode(raw, at).events], final


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
        select(Transaction.raw, Transaction.position, Transaction.commitment)
        .where(later)
        .order_by(col(Transaction.slot), col(Transaction.position))
        .limit(PART)
    )
    return [(read_raw(dict(raw), place), commitment == FINALIZED) for raw, place, commitment in session.exec(query)]


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
