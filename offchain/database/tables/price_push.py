"""What the price bot wrote on chain."""

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from offchain.database.tables.base import big, big_id


class PricePush(SQLModel, table=True):
    """One price for one feed, written down before it is sent: no price is ever sent twice."""

    __tablename__ = "price_push"
    __table_args__ = (UniqueConstraint("feed", "publish_time"),)

    id: int | None = big_id()
    pair: str
    feed: str
    """Address of the feed account, base58."""
    price: int = big()
    """1e-6 USD."""
    conf: int = big()
    publish_time: int = big()
    """Unix seconds."""
    at_ms: int = big()
    """When it was decided to send it, unix milliseconds."""
    reason: str
    """`first`, `age`, `move` or `settle`."""
    state: str
    """`sending`, `landed`, `refused` or `unknown` (the node did not tell; the feed account does)."""
    code: str = ""
    """Why it was refused."""
    signature: str = ""
