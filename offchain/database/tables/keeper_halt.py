"""Keepers that have stopped themselves."""

from sqlmodel import Field, SQLModel

from offchain.database.tables.base import big


class KeeperHalt(SQLModel, table=True):
    """A wallet that sends nothing until somebody lifts the halt; only the last one is kept."""

    __tablename__ = "keeper_halt"

    wallet: str = Field(primary_key=True)
    reason: str = ""
    at_ms: int = big(default=0)
    """When it stopped, unix milliseconds."""
    lifted_ms: int = big(default=0)
    """When it was lifted; 0 while it stands."""
