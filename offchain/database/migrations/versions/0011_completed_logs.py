"""What a node told of a log that was completed in the transaction's document."""

import sqlalchemy as sa
from alembic import op

from offchain.database.tables.base import json_type

revision = "0011_completed_logs"
down_revision = "0010_claims"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; logs that were recovered before stay beside their documents."""
    op.add_column("log_repairs", sa.Column("told", json_type()))
