"""How far each program has come; also how two indexers on one database notice each other."""

from dataclasses import dataclass

from sqlalchemy import delete, insert
from sqlmodel import Session, select

from offchain.database.tables.watermark import Watermark
from offchain.indexer.errors import SecondIndexerError

WRITES = "#writes"
"""The row that counts every write, in its column `slot`: no program has such a name."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Everything of a program up to this transaction is stored and finalized."""

    signature: str
    slot: int


Marks = dict[str, Mark]
"""By the program's name."""


def read_marks(session: Session) -> Marks:
    """All of them, with the count of writes."""
    return {row.program: Mark(row.signature, row.slot) for row in session.exec(select(Watermark))}


def write_marks(session: Session, expected: Marks, wanted: Marks) -> Marks:
    """Replace them and count the write; SecondIndexerError when they are no longer what was `expected`."""
    if read_marks(session) != expected:
        raise SecondIndexerError("another process indexes into this database: stop it, or choose another database")
    writes = expected[WRITES].slot if WRITES in expected else 0
    marks = {**wanted, WRITES: Mark("", writes + 1)}
    session.execute(delete(Watermark))
    rows = [{"program": name, "signature": mark.signature, "slot": mark.slot} for name, mark in marks.items()]
    session.execute(insert(Watermark), rows)
    return marks
