"""Transactions whose logs a node cut off, and what became of them."""

from sqlmodel import Field, SQLModel

from offchain.database.tables.base import big, json_field


class LogRepair(SQLModel, table=True):
    """One transaction with cut-off logs; what is here was read or worked out once and is kept by a reindex."""

    __tablename__ = "log_repairs"

    signature: str = Field(primary_key=True)
    slot: int = big(index=True)
    how: str
    """`rerun`: the logs are complete, the transaction was run again and came out as recorded; `lost`: they are not."""
    reason: str | None = None
    """Why they are lost."""
    logs: list[str] | None = json_field(default=None, nullable=True)
    """The whole logs of a rerun where `transactions.raw` can't carry them: the node's part does not agree."""
    told: list[str] | None = json_field(default=None, nullable=True)
    """What the node had told where `transactions.raw` carries the whole logs; NULL: raw is as it was told."""
    rebased_slot: int | None = big(default=None)
    """From the end of this slot on the projections are right again: they were compared with the accounts."""
