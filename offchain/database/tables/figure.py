"""Figures that the processor made from the index (docs/figures.md)."""

from typing import Any

from sqlmodel import Field, SQLModel

from offchain.database.tables.base import big, json_field


class Figure(SQLModel, table=True):
    """The newest figures of one subject; each refresh replaces them. Local: they can be made again at any time."""

    __tablename__ = "figures"

    kind: str = Field(primary_key=True)
    """`market`, `keeper`, `failures`, or `chain` for the monitoring's newest look at the chain."""
    subject: str = Field(primary_key=True)
    """Market or wallet in base58; empty for figures of all."""
    data: dict[str, Any] = json_field()
    """A document of `offchain.processor.store`; integers, never floats."""
    as_of_slot: int = big()
    """The newest transaction they count."""
    as_of_time: int = big()
    """Unix time of its block."""
    made_ms: int = big()
    """When they were made, this machine's unix milliseconds."""
