"""How far the indexer has come: the only thing it resumes from."""

from sqlmodel import Field, SQLModel

from offchain.database.tables.base import big


class Watermark(SQLModel, table=True):
    """Everything of one program that is not newer than this is stored, and finalized."""

    __tablename__ = "watermarks"

    program: str = Field(primary_key=True)
    """Name of one of our programs."""
    signature: str = ""
    """Its newest finalized transaction that is stored; empty before the first."""
    slot: int = big(default=0)
    """Slot of that transaction."""
