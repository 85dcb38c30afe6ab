"""Keepers that have stopped themselves."""

from sqlmodel import Field, SQLModel

from offchain.database.tables.base import big


class KeeperHalt(SQLModel, table=True):
    """A wallet that sends nothing until somebody lifts the halt; gone when lifted."""

    __tablename__ = "keeper_halt"

    wallet: str = Field(primary_key=True)
    reason: str
    at_ms: int = big()
    """Unix milliseconds."""
