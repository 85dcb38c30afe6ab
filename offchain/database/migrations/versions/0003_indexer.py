"""Transactions, their instructions and events, and how far the indexer has come."""

import sqlalchemy as sa
from alembic import op

from offchain.database.tables.base import json_type

revision = "0003_indexer"
down_revision = "0002_keeper"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _transactions()
    _instructions()
    _events()
    op.create_table(
        "watermarks",
        *(sa.Column(name, sa.String, nullable=False) for name in ("program", "signature")),
        sa.Column("slot", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("program", name="pk_watermarks"),
    )


def _transactions() -> None:
    op.create_table(
        "transactions",
        sa.Column("signature", sa.String, nullable=False),
        sa.Column("slot", sa.BigInteger, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("block_time", sa.BigInteger),
        sa.Column("commitment", sa.String, nullable=False),
        sa.Column("err", json_type()),
        *(sa.Column(name, sa.String) for name in ("error_code", "error_program")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("fee", "units")),
        sa.Column("truncated", sa.Boolean, nullable=False),
        sa.Column("raw", json_type(), nullable=False),
        sa.PrimaryKeyConstraint("signature", name="pk_transactions"),
    )
    op.create_index("ix_transactions_slot_position", "transactions", ["slot", "position"])
    op.create_index("ix_transactions_commitment_slot", "transactions", ["commitment", "slot"])
    op.create_index("ix_transactions_error_code", "transactions", ["error_code"])


def _instructions() -> None:
    op.create_table(
        "instructions",
        *(sa.Column(name, sa.String, nullable=False) for name in ("signature", "path")),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("program", sa.String, nullable=False),
        *(sa.Column(name, sa.String) for name in ("name", "market_id")),
        *(sa.Column(name, json_type(), nullable=False) for name in ("args", "accounts")),
        sa.PrimaryKeyConstraint("signature", "path", name="pk_instructions"),
    )
    op.create_index("ix_instructions_program_name", "instructions", ["program", "name"])
    op.create_index("ix_instructions_market_id", "instructions", ["market_id"])


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("signature", sa.String, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("number", "position")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("slot",)),
        *(sa.Column(name, sa.BigInteger) for name in ("block_time", "epoch")),
        *(sa.Column(name, sa.String, nullable=False) for name in ("path", "program", "name")),
        *(sa.Column(name, sa.String) for name in ("market_id", "actor")),
        sa.Column("data", json_type(), nullable=False),
        sa.PrimaryKeyConstraint("signature", "number", name="pk_events"),
    )
    op.create_index("ix_events_slot_position_number", "events", ["slot", "position", "number"])
    op.create_index("ix_events_market_id_slot", "events", ["market_id", "slot"])
    op.create_index("ix_events_name_slot", "events", ["name", "slot"])
    op.create_index("ix_events_actor", "events", ["actor"])
