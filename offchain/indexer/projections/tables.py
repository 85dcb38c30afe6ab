"""`TableProjections`: projections and histories of an indexer's store, in the store's own database transactions.

The tables are the truth, rows in memory a copy of them: another process, or this one after a failure, goes on from
the tables alone. What slots that may be dropped have changed stands in `projection_undo`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from solders.pubkey import Pubkey
from sqlalchemy import Table, delete, insert, select
from sqlmodel import Session, col
from sqlmodel import select as select_model

from offchain.chain.addresses import Addresses
from offchain.database.tables.projections import TABLES, ProjectionUndo
from offchain.indexer.decode import DecodedEvent
from offchain.indexer.histories.make import Made, histories
from offchain.indexer.histories.tables import empty, store, take_back
from offchain.indexer.projections.columns import from_columns, to_columns
from offchain.indexer.projections.projector import Projector
from offchain.indexer.projections.state import Before
from offchain.settings.parameters import Parameters

_PART = 500
"""Addresses in one statement."""
_BY_NAME = {kind.__name__: kind for kind in TABLES}

Change = tuple[type[Any], str, dict[str, Any] | None]
"""Account type, address, and the columns of the row; None: no row."""


class TableProjections:
    """See offchain.indexer.store.projections.Projections."""

    def __init__(self, at: Addresses, parameters: Parameters) -> None:
        """`parameters`: those the cluster's programs were built with."""
        self._at = at
        self._parameters = parameters
        self._projector: Projector | None = None

    def apply(self, session: Session, events: Sequence[DecodedEvent], final: bool) -> None:
        """Take events in their order; ProjectionError where they don't fit what came before."""
        projector = self._loaded(session)
        made: Made = []
        for event in events:
            if projector.apply_decoded(event):
                made += _made(event, projector)
        _flush(session, projector, final)
        store(session, made)

    def rows(self, session: Session) -> Mapping[Pubkey, Any]:
        """All rows as they are now, to be read only."""
        return self._loaded(session).rows

    def tolerate(self, session: Session, lenient: bool) -> None:
        """From now on pass over events that do not fit, or no longer."""
        self._loaded(session).lenient = lenient

    def rebase(self, session: Session, rows: Mapping[Pubkey, Any], slot: int, final: bool) -> None:
        """Take these rows from the chain itself, as they are at the end of a slot; None: no such account."""
        projector = self._loaded(session)
        for address, row in rows.items():
            if row is not None or address in projector.rows:
                projector.rebase(address, row, slot)
        _flush(session, projector, final)

    def roll_back(self, session: Session, slot: int) -> None:
        """Restore exactly the rows of before `slot`: it and all later ones are gone."""
        later = col(ProjectionUndo.slot) >= slot
        undo = session.exec(select_model(ProjectionUndo).where(later).order_by(col(ProjectionUndo.slot))).all()
        earliest: dict[str, Change] = {}
        for one in undo:
            earliest.setdefault(one.address, (_BY_NAME[one.kind], one.address, one.before))
        _write(session, earliest.values())
        session.execute(delete(ProjectionUndo).where(later))
        take_back(session, slot)
        self.forget()

    def finalize(self, session: Session, slot: int) -> None:
        """Nothing up to this slot, inclusive, will be taken back: forget how."""
        session.execute(delete(ProjectionUndo).where(col(ProjectionUndo.slot) <= slot))

    def reset(self, session: Session) -> None:
        """Empty every projection: all events come again."""
        for table in TABLES.values():
            session.execute(delete(table))
        session.execute(delete(ProjectionUndo))
        empty(session)
        self._projector = Projector(self._at, self._parameters)

    def forget(self) -> None:
        """What is held in memory may be wrong: read the tables again."""
        self._projector = None

    def _loaded(self, session: Session) -> Projector:
        if self._projector is None:
            self._projector = load_projector(session, self._at, self._parameters)
        return self._projector


def load_projector(session: Session, at: Addresses, parameters: Parameters) -> Projector:
    """A projector with the rows of the tables, to read them or to go on from them."""
    projector = Projector(at, parameters)
    for kind, table in TABLES.items():
        for columns in session.execute(select(table)).mappings():
            address = Pubkey.from_string(columns["address"])
            projector.state.rows[address] = from_columns(kind, dict(columns))
            projector.state.slots[address] = columns["slot"]
    return projector


def _remember(session: Session, undo: list[tuple[int, Before]], kinds: dict[Pubkey, type[Any]]) -> None:
    """Write what the rows were before each slot, unless that is known from an earlier event of the slot."""
    slots = {slot for slot, _ in undo}
    query = select_model(ProjectionUndo.slot, ProjectionUndo.address).where(col(ProjectionUndo.slot).in_(slots))
    known = set(session.exec(query))
    for slot, before in undo:
        for address, (row, last) in before.items():
            if (slot, str(address)) not in known:
                known.add((slot, str(address)))
                columns = None if row is None else to_columns(row, address, last)
                kind = kinds[address].__name__
                session.add(ProjectionUndo(slot=slot, address=str(address), kind=kind, before=columns))
    session.flush()


def _made(event: DecodedEvent, projector: Projector) -> Made:
    try:
        return histories(event, projector.state)
    except Exception:
        if not projector.lenient:
            raise
        projector.passed_over += 1
        return []


def _flush(session: Session, projector: Projector, final: bool) -> None:
    """Write the rows that have changed and, unless final, what they were."""
    rows, slots, undo = projector.rows, projector.state.slots, projector.take_undo()
    kinds = {key: type(row) for _, before in undo for key, (row, _) in before.items() if row is not None}
    kinds.update({key: type(rows[key]) for _, before in undo for key in before if key in rows})
    changes: list[Change] = []
    for key, row in projector.take_dirty().items():
        changes.append((kinds[key], str(key), None if row is None else to_columns(row, key, slots[key])))
    _write(session, changes)
    if not final:
        _remember(session, undo, kinds)


def _write(session: Session, changes: Iterable[Change]) -> None:
    by_kind: dict[type[Any], list[Change]] = defaultdict(list)
    for change in changes:
        by_kind[change[0]].append(change)
    for kind, some in by_kind.items():
        for start in range(0, len(some), _PART):
            _replace(session, TABLES[kind], some[start : start + _PART])


def _replace(session: Session, table: Table, changes: list[Change]) -> None:
    session.execute(delete(table).where(table.c.address.in_([address for _, address, _ in changes])))
    rows = [columns for _, _, columns in changes if columns is not None]
    if rows:
        session.execute(insert(table), rows)
