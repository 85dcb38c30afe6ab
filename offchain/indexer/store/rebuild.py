"""Everything that is derived, made anew from the stored raw transactions."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import Text, cast, delete, select, update
from sqlmodel import Session, col

from offchain.chain.addresses import Addresses
from offchain.database.tables.event import Event
from offchain.database.tables.instruction import Instruction
from offchain.database.tables.log_repair import LogRepair
from offchain.database.tables.transaction import Transaction
from offchain.indexer.decode import DecodedEvent, decode_all
from offchain.indexer.raw import RawTransaction, read_text
from offchain.indexer.store.feed import Entry, Feed, Mend
from offchain.indexer.store.markets import Markets
from offchain.indexer.store.projections import Projections
from offchain.indexer.store.rows import FINALIZED
from offchain.indexer.store.store import Store, insert_decoded

PART = 500
"""Transactions held in memory."""
_DERIVED = ("block_time", "err", "error_code", "error_program", "fee", "units", "truncated")
"""Columns of `transactions` that are read from its raw document."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored transaction."""

    raw: RawTransaction
    final: bool
    derived: Sequence[Any]
    """Its values of the columns _DERIVED."""


@dataclass(slots=True)
class Derived:
    """What was made anew."""

    transactions: int = 0
    events: list[DecodedEvent] = field(default_factory=list)
    """Those of the transactions that were asked for."""


def rebuild(store: Store, at: Addresses) -> int:
    """Drop instructions, events and projections and derive them again, in one database transaction.

    Until it is done others see what was there before. Returns the number of transactions.
    """
    with store.writing(store.marks) as session:
        done = derive(session, store.projections, at)
    store.forget()
    return done.transactions


def derive(
    session: Session, projections: Projections, at: Addresses, mend: Mend | None = None, wanted: Set[str] = frozenset()
) -> Derived:
    """The same in a database transaction that has begun; `mend` gets all transactions whose logs are cut off.

    The events of those with a `wanted` signature are given back.
    """
    done = Derived()
    session.execute(delete(Instruction))
    session.execute(delete(Event))
    projections.reset(session)
    feed = Feed(session, projections, Markets(at), mend)
    for part in parts(session):
        final = part[-1].raw.slot if part[-1].final else -1
        entries = feed.take(decode_all((one.raw for one in part), at), final)
        _renew(session, part, entries)
        insert_decoded(session, [decoded for _, decoded in entries])
        done.transactions += len(part)
        done.events += [event for raw, one in entries if raw.signature in wanted for event in one.events]
    feed.end()
    return done


def parts(session: Session) -> Iterator[list[Stored]]:
    """All stored transactions in order, some at a time; each part is wholly final or wholly not."""
    after = (-1, -1)
    while True:
        found = _next(session, after)
        if not found:
            return
        after = (found[-1].raw.slot, found[-1].raw.position)
        for _, group in groupby(found, key=lambda one: one.final):
            yield list(group)


def _next(session: Session, after: tuple[int, int]) -> list[Stored]:
    slot, position = after
    later = (col(Transaction.slot) > slot) | ((col(Transaction.slot) == slot) & (col(Transaction.position) > position))
    text = cast(col(Transaction.raw), Text)
    derived = [getattr(Transaction, name) for name in _DERIVED]
    query = (
        select(text, col(Transaction.position), col(Transaction.commitment), col(LogRepair.logs), *derived)
        .join_from(Transaction, LogRepair, col(LogRepair.signature) == col(Transaction.signature), isouter=True)
        .where(later)
        .order_by(col(Transaction.slot), col(Transaction.position))
        .limit(PART)
    )
    return [
        Stored(read_text(raw.encode(), place, logs), commitment == FINALIZED, derived)
        for raw, place, commitment, logs, *derived in session.execute(query)
    ]


def _renew(session: Session, part: Sequence[Stored], entries: Sequence[Entry]) -> None:
    """Write the transactions' own columns where they are other ones now; the document where its log was completed."""
    for one, (raw, decoded) in zip(part, entries, strict=True):
        document = {} if raw.text == one.raw.text else {"raw": raw.document}
        cause = (decoded.error.code, decoded.error.program) if decoded.error else (None, None)
        now = [raw.block_time, raw.err, *cause, raw.fee, raw.units, decoded.truncated]
        if document or list(one.derived) != now:
            values = {**dict(zip(_DERIVED, now, strict=True)), **document}
            session.execute(update(Transaction).where(col(Transaction.signature) == raw.signature).values(values))
