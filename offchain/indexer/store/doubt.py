"""Between lost events and the comparison with the accounts that makes up for them, projections may be wrong."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from solders.pubkey import Pubkey
from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from offchain.database.tables.account_repair import AccountRepair
from offchain.database.tables.log_repair import LogRepair
from offchain.database.tables.projections import TABLES
from offchain.indexer.projections.columns import from_columns, to_columns
from offchain.indexer.repair.mend import LOST

Held = dict[Pubkey, Any]
"""Rows as the chain holds them; None: no such account."""
_KINDS = {kind.__name__: kind for kind in TABLES}


@dataclass(slots=True)
class Doubt:
    """What is known of it."""

    spans: list[tuple[int, int | None]] = field(default_factory=list)
    """From which slot to which one, inclusive; None: until now."""
    rebases: list[tuple[int, Held]] = field(default_factory=list)
    """Slot -> the rows that were taken from the chain at its end; in order."""

    def covers(self, slot: int) -> bool:
        """Whether events before this slot are missing, or in it."""
        return any(start <= slot and (end is None or slot <= end) for start, end in self.spans)

    @property
    def lasts(self) -> bool:
        """Whether the projections may be wrong now."""
        return any(end is None for _, end in self.spans)


def read_doubt(session: Session) -> Doubt:
    """From the tables."""
    query = select(LogRepair.slot, LogRepair.rebased_slot).where(LogRepair.how == LOST)
    rebases: dict[int, Held] = defaultdict(dict)
    for row in session.exec(select(AccountRepair).order_by(col(AccountRepair.slot))):
        held = None if row.held is None else from_columns(_KINDS[row.kind], row.held)
        rebases[row.slot][Pubkey.from_string(row.address)] = held
    return Doubt([(start, end) for start, end in session.exec(query)], list(rebases.items()))


def end_doubt(session: Session, slot: int, held: Held, kinds: dict[Pubkey, type[Any]]) -> None:
    """Write down that at the end of this slot the chain held these rows, and what the projections say in all others."""
    for address, row in held.items():
        columns = None if row is None else to_columns(row, address, slot)
        session.add(AccountRepair(slot=slot, address=str(address), kind=kinds[address].__name__, held=columns))
    session.flush()
    pending = (col(LogRepair.how) == LOST, col(LogRepair.rebased_slot).is_(None))
    session.execute(update(LogRepair).where(*pending).values(rebased_slot=slot))


def take_back_repairs(session: Session, slot: int) -> None:
    """This slot and all later ones are gone."""
    session.execute(delete(LogRepair).where(col(LogRepair.slot) >= slot))
    session.execute(delete(AccountRepair).where(col(AccountRepair.slot) >= slot))
    session.execute(update(LogRepair).where(col(LogRepair.rebased_slot) >= slot).values(rebased_slot=None))


def forget_repairs(session: Session) -> None:
    """Everything is read anew."""
    session.execute(delete(LogRepair))
    session.execute(delete(AccountRepair))
