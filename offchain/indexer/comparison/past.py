"""A stored row as it was at a slot, where the database still knows."""

from collections.abc import Collection
from typing import Any

from solders.pubkey import Pubkey
from sqlalchemy import func, select
from sqlmodel import Session, col

from offchain.database.tables.projections import TABLES, ProjectionUndo
from offchain.database.tables.transaction import Transaction
from offchain.indexer.comparison.looks import Looks
from offchain.indexer.projections.columns import from_columns
from offchain.indexer.store.rows import FINALIZED

PART = 500
"""Addresses in one statement."""
BY_NAME = {kind.__name__: kind for kind in TABLES}


Held = tuple[Any, int]
"""A row with the slot of its last change; None and -1 where there was none."""
NOTHING: Held = (None, -1)
Past = dict[Pubkey, Held | None]
"""Address -> row at a slot; None: it has changed since, and what it was is not known any more."""


def rows_at(session: Session, looks: Looks) -> Past:
    """The rows of these addresses, each at the slot of its look."""
    now = read_rows(session, [str(address) for address in looks])
    past: Past = {address: now.get(str(address), NOTHING) for address in looks}
    late = {address: slot for address, (slot, _) in looks.items() if now.get(str(address), NOTHING)[1] > slot}
    if late:
        past.update(_before(session, late))
    return past


def read_rows(session: Session, addresses: Collection[str] | None = None) -> dict[str, Held]:
    """Rows with the slots of their last changes, by address; all of them where nothing else is asked."""
    found: dict[str, Held] = {}
    for kind, table in TABLES.items():
        for part in _parts(addresses):
            query = select(table) if part is None else select(table).where(table.c.address.in_(part))
            for columns in session.execute(query).mappings():
                found[columns["address"]] = (from_columns(kind, dict(columns)), columns["slot"])
    return found


def _parts(addresses: Collection[str] | None) -> list[list[str] | None]:
    if addresses is None:
        return [None]
    every = list(addresses)
    return [every[start : start + PART] for start in range(0, len(every), PART)]


def _before(session: Session, slots: dict[Pubkey, int]) -> Past:
    """What stands in `projection_undo` is the whole past only after the last finalized slot."""
    newest = select(func.coalesce(func.max(Transaction.slot), -1)).where(col(Transaction.commitment) == FINALIZED)
    final = int(session.execute(newest).scalar_one())
    found: Past = dict.fromkeys(slots)
    for address, slot in slots.items():
        later = (col(ProjectionUndo.address) == str(address)) & (col(ProjectionUndo.slot) > slot)
        query = select(ProjectionUndo).where(later).order_by(col(ProjectionUndo.slot)).limit(1)
        undo = session.execute(query).scalar_one_or_none() if slot >= final else None
        if undo is not None:
            before = undo.before
            found[address] = NOTHING if before is None else (from_columns(BY_NAME[undo.kind], before), before["slot"])
    return found
