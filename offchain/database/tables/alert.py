"""What the monitoring found wrong (docs/monitoring.md)."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from offchain.database.tables.base import big, big_id


class Alert(SQLModel, table=True):
    """One alert from its being raised to its being cleared. Times in ms are this machine's."""

    __tablename__ = "alerts"
    __table_args__ = (Index(None, "cleared_ms", "id"),)

    id: int | None = big_id()
    rule: str
    """Name of a rule of `offchain.monitoring.rules`."""
    subject: str
    """What it is about: a market, feed, wallet, program or job; empty where there is only one."""
    severity: str
    """`critical`, `warning` or `info`."""
    message: str
    """For people; the newest words while it stands."""
    slot: int = big()
    """Of the index when it was raised."""
    chain_time: int = big()
    """Unix seconds of the chain when it was raised."""
    raised_ms: int = big()
    seen_ms: int = big()
    """When its condition was last seen."""
    cleared_ms: int = big(default=0)
    """0 while it stands."""
    told_raised_ms: int = big(default=0)
    """When the webhook took it; 0 not yet, -1 when there was none until it was over."""
    told_cleared_ms: int = big(default=0)
