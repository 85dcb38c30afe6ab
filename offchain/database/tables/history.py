"""What the history tables share: one row for an event, never changed afterwards (docs/histories.md)."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from offchain.database.tables.base import big


class History(SQLModel):
    """The event that a row follows from; all have the total order (slot, position, number)."""

    signature: str = Field(primary_key=True)
    """Of its transaction, base58."""
    number: int = Field(primary_key=True)
    """Order of the event in its transaction, from 0."""
    slot: int = big()
    position: int
    """Of the transaction in its slot."""
    block_time: int = big()
    """Unix seconds."""
    epoch: int = big()
    """Of the block time."""


class MarketHistory(History):
    """The same, of one market."""

    market_id: str
    """Base58."""


def in_order(of: str) -> tuple[Index, Index]:
    """Pages through the rows of one market, feed or actor, in order or by time."""
    return Index(None, of, "slot", "position", "number"), Index(None, of, "block_time")
