"""Projected accounts: one table for each account type, its columns those of the client's own class.

Keys are base58. Integers of up to 64 bits are integers (one above 2^63 - 1 is refused by the database), wider ones
decimal text, arrays of them lists of decimal text.
"""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Table
from sqlmodel import AutoString, Field, SQLModel

from offchain.chain.accounts import types_of
from offchain.chain.codec import KEY, WIDE
from offchain.database.tables.base import big, json_field, json_type
from offchain.indexer.projections.rows import KINDS, fields_of

NAMES = {
    "RiskConfig": "risk_configs",
    "AllowedEngine": "engines",
    "MarketConfig": "markets",
    "RiskScore": "scores",
    "MarketInputs": "inputs",
    "RiskWindow": "windows",
    "PriceFeed": "feeds",
    "PremiumConfig": "premium_configs",
    "PremiumAccount": "premiums",
    "PoolConfig": "pool_configs",
    "InsurancePool": "pools",
    "ProviderPosition": "provider_positions",
    "HandlerConfig": "handler_configs",
    "ClaimRegistry": "registries",
    "ClaimRecord": "claims",
    "DemoConfig": "demo_configs",
    "PerpMarket": "perp_markets",
    "TraderAccount": "trader_accounts",
    "PerpPosition": "perp_positions",
}
"""Account type -> its table."""
_BY_MARKET: list[tuple[str, ...]] = [("market_id",)]
INDEXES: dict[str, list[tuple[str, ...]]] = {
    **dict.fromkeys(("markets", "scores", "inputs", "windows", "premiums", "pools", "registries"), _BY_MARKET),
    "engines": [("program",)],
    "provider_positions": [("market_id",), ("provider",)],
    "claims": [("market_id", "sequence")],
    "perp_markets": [("market_id",)],
    "trader_accounts": [("owner",)],
    "perp_positions": [("market", "state"), ("owner",)],
}
"""Table -> the columns by which it is searched, besides the address."""


def _column(name: str, kind: Any) -> Column[Any]:
    if isinstance(kind, tuple):
        return Column(name, json_type(), nullable=False)
    if kind == KEY or kind in WIDE:
        return Column(name, AutoString, nullable=False)
    return Column(name, Boolean if kind == "bool" else BigInteger, nullable=False)


def _table(kind: type[Any]) -> Table:
    columns = [_column(name, of) for name, of in zip(fields_of(kind), types_of(kind), strict=True)]
    address = Column("address", AutoString, primary_key=True)
    last_change = Column("slot", BigInteger, nullable=False)
    name = NAMES[kind.__name__]
    indexes = [Index(None, *searched) for searched in INDEXES.get(name, [])]
    return Table(name, SQLModel.metadata, address, *columns, last_change, *indexes)


TABLES: dict[type[Any], Table] = {kind: _table(kind) for kinds in KINDS.values() for kind in kinds}
"""Account type -> its table; `address` is the key, `slot` that of the last change."""


class ProjectionUndo(SQLModel, table=True):
    """What a row was before a slot that may still be dropped."""

    __tablename__ = "projection_undo"

    slot: int = big(primary_key=True)
    address: str = Field(primary_key=True)
    kind: str
    """The account type."""
    before: dict[str, Any] | None = json_field(default=None, nullable=True)
    """The row's columns; None: there was no row."""
