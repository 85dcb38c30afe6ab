"""The processor's figures."""

import sqlalchemy as sa
from alembic import op

from offchain.database.tables.base import json_type

revision = "0008_figures"
down_revision = "0007_repairs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "figures",
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("data", json_type(), nullable=False),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("as_of_slot", "as_of_time", "made_ms")),
        sa.PrimaryKeyConstraint("kind", "subject", name="pk_figures"),
    )
