"""The indexer's tables. Each public method that writes is one database transaction: all of it happens, or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from solders.pubkey import Pubkey
from sqlalchemy import delete, update
from sqlmodel import Session, col, func, select

from offchain.chain.addresses import Addresses
from offchain.database.database import Database
from offchain.database.tables.account_repair import AccountRepair
from offchain.database.tables.event import Event
from offchain.database.tables.instruction import Instruction
from offchain.database.tables.transaction import Transaction
from offchain.indexer.decode.model import Decoded, DecodedEvent
from offchain.indexer.quiet import uncollected
from offchain.indexer.store.bulk import insert_many, prepare
from offchain.indexer.store.doubt import Held, end_doubt, read_doubt, take_back_repairs
from offchain.indexer.store.feed import Entry, Feed, Mend
from offchain.indexer.store.markets import Markets
from offchain.indexer.store.marks import Marks, read_marks, write_marks
from offchain.indexer.store.projections import Projections
from offchain.indexer.store.rows import (
    CONFIRMED,
    EVENT,
    FINALIZED,
    INSTRUCTION,
    TRANSACTION,
    event_row,
    instruction_row,
    transaction_row,
)

_PART = 500
"""Signatures in one query."""


class Store:
    """One indexer's view of the database; not for several threads at once."""

    def __init__(self, database: Database, projections: Projections, at: Addresses) -> None:
        self._database = database
        self._at = at
        self._markets: Markets | None = None
        self.projections = projections
        with database.reading() as session:
            self.marks: Marks = read_marks(session)
            self.doubtful = read_doubt(session).lasts
            """Events are lost, and the projections not yet compared with the accounts since."""
        self.newest = self.head()
        """Slot of the newest stored transaction, or of the accounts that rows were taken from; -1: there is none."""

    def unfinal(self) -> dict[str, int]:
        """Signature -> slot of what may still be dropped."""
        with self._database.reading() as session:
            rows = session.exec(
                select(Transaction.signature, Transaction.slot).where(Transaction.commitment == CONFIRMED)
            )
            return dict(rows.all())

    def unknown(self, signatures: Sequence[str]) -> set[str]:
        """Those that are not stored."""
        found: set[str] = set()
        with self._database.reading() as session:
            for start in range(0, len(signatures), _PART):
                part = signatures[start : start + _PART]
                found.update(session.exec(select(Transaction.signature).where(col(Transaction.signature).in_(part))))
        return set(signatures) - found

    def head(self) -> int:
        """Read `newest` anew."""
        with self._database.reading() as session:
            stored = session.exec(select(func.max(Transaction.slot))).one()
            read = session.exec(select(func.max(AccountRepair.slot))).one()
            return max([slot for slot in (stored, read) if slot is not None], default=-1)

    def in_slots(self, slots: set[int]) -> dict[str, int]:
        """Signature -> slot of everything stored of these slots."""
        with self._database.reading() as session:
            rows = session.exec(
                select(Transaction.signature, Transaction.slot).where(col(Transaction.slot).in_(sorted(slots)))
            )
            return dict(rows.all())

    def append(
        self, entries: Sequence[Entry], final: int, marks: Marks, mend: Mend | None = None
    ) -> list[DecodedEvent]:
        """Store transactions that follow all stored ones, in their order; returns their events.

        Those up to slot `final` can't be dropped any more; `marks` are the watermarks that then hold.
        """
        with self.writing(marks) as session:
            # As `feed` is made first it reads what is stored, and not what is about to be.
            feed = Feed(session, self.projections, self._known_markets(session), mend)
            entries = feed.take(entries, final)
            insert_entries(session, entries, final)
        self.doubtful = feed.doubt.lasts
        self.newest = max([self.newest, *(raw.slot for raw, _ in entries)])
        return [event for _, decoded in entries for event in decoded.events]

    def rows(self) -> Mapping[Pubkey, Any] | None:
        """The projected rows as they are stored; None where none are kept."""
        with self._database.reading() as session:
            return self.projections.rows(session)

    def rebase(self, slot: int, held: Held, kinds: dict[Pubkey, type[Any]]) -> None:
        """Take rows from the chain as it was at the end of this slot, which nothing stored comes after."""
        with self.writing(self.marks) as session:
            self.projections.rebase(session, held, slot, False)
            self.projections.tolerate(session, False)
            end_doubt(session, slot, held, kinds)
        self.doubtful = False
        self.newest = max(self.newest, slot)

    def settle(self, final: int, marks: Marks) -> None:
        """What is stored up to slot `final` can't be dropped any more."""
        with self.writing(marks) as session:
            session.execute(
                update(Transaction)
                .where(col(Transaction.commitment) == CONFIRMED, col(Transaction.slot) <= final)
                .values(commitment=FINALIZED)
            )
            self.projections.finalize(session, final)

    def roll_back(self, slot: int) -> int:
        """Forget this slot and all later ones, which must not be final; returns how many transactions went."""
        with self.writing(self.marks) as session:
            self.projections.roll_back(session, slot)
            self._markets = None
            take_back_repairs(session, slot)
            self.doubtful = read_doubt(session).lasts
            gone = select(Transaction.signature).where(Transaction.slot >= slot)
            session.execute(delete(Instruction).where(col(Instruction.signature).in_(gone)))
            session.execute(delete(Event).where(col(Event.slot) >= slot))
            done: Any = session.execute(delete(Transaction).where(col(Transaction.slot) >= slot))
            gone_count = int(done.rowcount)
        self.newest = self.head()
        return gone_count

    @contextmanager
    def writing(self, marks: Marks) -> Iterator[Session]:
        """One database transaction that ends with these watermarks."""
        try:
            with uncollected(), self._database.session() as session:
                prepare(session)
                written = write_marks(session, self.marks, marks)
                yield session
                session.commit()
        except BaseException:
            self.forget()
            raise
        self.marks = written

    def forget(self) -> None:
        """What is held in memory may be wrong: read it again."""
        self.projections.forget()
        self._markets = None

    def _known_markets(self, session: Session) -> Markets:
        if self._markets is None:
            self._markets = Markets(self._at)
            self._markets.load(session)
        return self._markets


def insert_entries(session: Session, entries: Sequence[Entry], final: int) -> None:
    """Insert transactions with their instructions and events."""
    insert_transactions(session, entries, final)
    insert_decoded(session, [decoded for _, decoded in entries])


def insert_transactions(session: Session, entries: Sequence[Entry], final: int) -> None:
    """Insert the transactions alone."""
    rows = [transaction_row(raw, decoded, raw.slot <= final) for raw, decoded in entries]
    insert_many(session, "transactions", TRANSACTION, rows)


def insert_decoded(session: Session, decoded: Sequence[Decoded]) -> None:
    """Insert instructions and events alone."""
    calls = [instruction_row(call) for one in decoded for call in one.instructions]
    insert_many(session, "instructions", INSTRUCTION, calls)
    insert_many(session, "events", EVENT, [event_row(event) for one in decoded for event in one.events])
