"""Rows that were taken from the chain's accounts, because events before them are lost."""

from typing import Any

from sqlmodel import Field, SQLModel

from offchain.database.tables.base import big, json_field


class AccountRepair(SQLModel, table=True):
    """One account as the chain held it at the end of a slot where the projections said something else."""

    __tablename__ = "account_repairs"

    slot: int = big(primary_key=True)
    address: str = Field(primary_key=True)
    """Base58."""
    kind: str
    """Name of the account's type."""
    held: dict[str, Any] | None = json_field(default=None, nullable=True)
    """The columns of its projected row; NULL where there is no such account."""
