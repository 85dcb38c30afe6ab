"""Accounts by market, provider and owner, and an actor's events in order: what the API asks for."""

from alembic import op

revision = "0006_searching"
down_revision = "0005_histories"
branch_labels = None
depends_on = None

INDEXES = (
    ("markets", "market_id"),
    ("scores", "market_id"),
    ("inputs", "market_id"),
    ("windows", "market_id"),
    ("premiums", "market_id"),
    ("pools", "market_id"),
    ("registries", "market_id"),
    ("engines", "program"),
    ("provider_positions", "market_id"),
    ("provider_positions", "provider"),
    ("claims", "market_id", "sequence"),
    ("perp_markets", "market_id"),
    ("trader_accounts", "owner"),
    ("perp_positions", "market", "state"),
    ("perp_positions", "owner"),
    ("events", "actor", "slot"),
)
"""Table and its columns."""


def upgrade() -> None:
    """Make the indexes; the one of actors alone is part of the last."""
    op.drop_index("ix_events_actor", "events")
    for table, *columns in INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)
