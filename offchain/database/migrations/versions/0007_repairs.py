"""What was repaired where a node cut logs off."""

import sqlalchemy as sa
from alembic import op

from offchain.database.tables.base import json_type

revision = "0007_repairs"
down_revision = "0006_searching"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "log_repairs",
        sa.Column("signature", sa.String, nullable=False),
        sa.Column("slot", sa.BigInteger, nullable=False),
        sa.Column("how", sa.String, nullable=False),
        sa.Column("reason", sa.String),
        sa.Column("logs", json_type()),
        sa.Column("rebased_slot", sa.BigInteger),
        sa.PrimaryKeyConstraint("signature", name="pk_log_repairs"),
    )
    op.create_index("ix_log_repairs_slot", "log_repairs", ["slot"])
    op.create_table(
        "account_repairs",
        sa.Column("slot", sa.BigInteger, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("held", json_type()),
        sa.PrimaryKeyConstraint("slot", "address", name="pk_account_repairs"),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("account_repairs")
    op.drop_table("log_repairs")
