"""Candles of the prices in use."""

from sqlmodel import Field, SQLModel

from offchain.database.tables.base import big


class PriceCandle(SQLModel, table=True):
    """One candle with at least one price; gaps have no row. Prices are 1e-6 USD."""

    __tablename__ = "price_candle"

    pair: str = Field(primary_key=True)
    seconds: int = Field(primary_key=True)
    """Its interval: 60, 300, 900, 3 600 or 86 400."""
    start: int = big(primary_key=True)
    """Unix seconds, a multiple of the interval."""
    open: int = big()
    high: int = big()
    low: int = big()
    close: int = big()
    quotes: int = big()
    """How many prices it is made of."""
