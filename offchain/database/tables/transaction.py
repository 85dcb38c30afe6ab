"""Every transaction that touches one of our programs, failed ones too."""

from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from offchain.database.tables.base import big, json_field


class Transaction(SQLModel, table=True):
    """One landed transaction as the node told it; a log that it cut off is completed where that is sure."""

    __tablename__ = "transactions"
    __table_args__ = (Index(None, "slot", "position"), Index(None, "commitment", "slot"))

    signature: str = Field(primary_key=True)
    """Base58."""
    slot: int = big()
    position: int
    """Order among our transactions of the slot."""
    block_time: int | None = big(default=None)
    """Unix seconds."""
    commitment: str
    """`confirmed` (may still be dropped) or `finalized`."""
    err: Any = json_field(default=None, nullable=True)
    """Solana's TransactionError; NULL when it succeeded."""
    error_code: str | None = Field(default=None, index=True)
    """Stable code of the failure, such as E_LOCKED."""
    error_program: str | None = None
    """Which program failed: the name of one of ours, otherwise its address."""
    fee: int = big()
    """Lamports."""
    units: int = big()
    """Compute units."""
    truncated: bool
    """The node cut the logs off and nothing brought them back: events are missing, or the cause of the failure."""
    raw: dict[str, Any] = json_field()
    """The node's answer to getTransaction, encoding `json`; `log_repairs.told` where its log was completed."""
