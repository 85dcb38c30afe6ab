"""Every event of our programs."""

from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from offchain.database.tables.base import big, json_field

OF_CLAIMS = text(
    "name IN ('ClaimEvent', 'ClaimFeeCollected', 'ClaimOpened', 'DeficitReported', 'FundsReleased', 'PayoutRequested', "
    "'PositionLiquidated')"
)
"""The few events that receipts of claims are made of: a condition in these words finds them by market at once."""


class Event(SQLModel, table=True):
    """One event; all have the total order (slot, position, number)."""

    __tablename__ = "events"
    __table_args__ = (
        Index(None, "slot", "position", "number"),
        Index(None, "market_id", "slot"),
        Index(None, "name", "slot"),
        Index(None, "actor", "slot"),
        Index("ix_events_of_claims", "market_id", "name", sqlite_where=OF_CLAIMS, postgresql_where=OF_CLAIMS),
    )

    signature: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    """Order in its transaction, from 0."""
    slot: int = big()
    position: int
    """Of the transaction in its slot."""
    block_time: int | None = big(default=None)
    """Unix seconds."""
    path: str
    """Of the instruction that emitted it."""
    program: str
    name: str
    market_id: str | None = None
    actor: str | None = None
    epoch: int | None = big(default=None)
    data: dict[str, Any] = json_field()
    """Every field; 64-bit integers as decimal strings."""
