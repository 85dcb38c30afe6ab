"""Every call inside the indexed transactions."""

from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from offchain.database.tables.base import json_field


class Instruction(SQLModel, table=True):
    """One call, made by the transaction itself or by a program."""

    __tablename__ = "instructions"
    __table_args__ = (Index(None, "program", "name"),)

    signature: str = Field(primary_key=True)
    path: str = Field(primary_key=True)
    """`2` for the third instruction, `2.0.1` for the second call of its first call."""
    position: int
    """Order of the calls in the transaction."""
    program: str
    """Name of one of our programs, otherwise its address."""
    name: str | None = None
    """Snake case; NULL where the program is not ours."""
    market_id: str | None = Field(default=None, index=True)
    args: dict[str, Any] = json_field()
    """By name; 64-bit integers as decimal strings."""
    accounts: dict[str, Any] = json_field()
    """Name -> address, by number where there is no name."""
