"""Where a replayed recording stands, so that it goes on after a restart."""

from sqlmodel import Field, SQLModel

from offchain.database.tables.base import big


class PriceAnchor(SQLModel, table=True):
    """At `at_ms` the recording stood at its second `recorded`; from there it runs at `speed`."""

    __tablename__ = "price_anchor"

    pair: str = Field(primary_key=True)
    recording: str
    """SHA-256 of the candle file: another file starts anew."""
    recorded: int = big()
    """Recorded unix seconds."""
    at_ms: int = big()
    speed: int = big()
    """Recorded seconds a second."""
