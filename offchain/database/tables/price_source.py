"""The state of each source, for processes that only look."""

from sqlmodel import Field, SQLModel

from offchain.database.tables.base import big


class PriceSource(SQLModel, table=True):
    """One source for one pair, as the capturing process sees it."""

    __tablename__ = "price_source"

    pair: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    place: int
    """Order of preference, 0 first."""
    state: str
    """`healthy` or `failing`."""
    in_use: bool
    since_ms: int = big()
    """When it came into this state."""
    last_good_ms: int | None = big(default=None)
    last_error: str = ""
    price: int | None = big(default=None)
    """Its last good price, 1e-6 USD."""
    seen_ms: int = big()
    """When the capturing process last wrote this row."""
