"""How often each source said what."""

from sqlmodel import Field, SQLModel

from offchain.database.tables.base import big


class PriceTally(SQLModel, table=True):
    """A counter for one source, pair and verdict; it outlives the raw quotes."""

    __tablename__ = "price_tally"

    source: str = Field(primary_key=True)
    pair: str = Field(primary_key=True)
    verdict: str = Field(primary_key=True)
    """As in PriceQuote, or why there was no quote at all: `timeout`, `unreachable`, `http`, `garbage`, `missing`."""
    count: int = big()
    last_ms: int = big()
    """Unix milliseconds of the last time."""
