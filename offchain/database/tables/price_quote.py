"""Everything a price source said, accepted or not."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from offchain.database.tables.base import big, big_id


class PriceQuote(SQLModel, table=True):
    """One quote as it arrived. Prices are 1e-6 USD."""

    __tablename__ = "price_quote"
    __table_args__ = (
        Index(None, "pair", "verdict", "id"),
        Index(None, "received_ms"),
    )

    id: int | None = big_id()
    pair: str
    """Such as `BTC/USD`."""
    source: str
    price: int = big()
    conf: int = big()
    """Half the width of the interval the source believes in, 1e-6 USD."""
    publish_time: int = big()
    """When the source made it, unix seconds."""
    received_ms: int = big()
    """When it arrived, unix milliseconds."""
    verdict: str
    """`used`, `spare` (good, from a source that is not in use) or why it was refused."""
