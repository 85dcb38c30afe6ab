"""Alerts, and how the background jobs of every process are doing."""

import sqlalchemy as sa
from alembic import op

from offchain.database.tables.base import BIG_ID

revision = "0009_monitoring"
down_revision = "0008_figures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "alerts",
        sa.Column("id", BIG_ID, nullable=False),
        *(sa.Column(name, sa.String, nullable=False) for name in ("rule", "subject", "severity", "message")),
        *(
            sa.Column(name, sa.BigInteger, nullable=False)
            for name in ("slot", "chain_time", "raised_ms", "seen_ms", "cleared_ms")
        ),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("told_raised_ms", "told_cleared_ms")),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
    )
    op.create_index("ix_alerts_cleared_ms_id", "alerts", ["cleared_ms", "id"])
    op.create_table(
        "job_reports",
        *(sa.Column(name, sa.String, nullable=False) for name in ("instance", "name", "state")),
        *(
            sa.Column(name, sa.BigInteger, nullable=False)
            for name in ("since_ms", "starts", "failures", "failures_in_row")
        ),
        sa.Column("last_error", sa.String, nullable=False),
        sa.Column("last_failure_ms", sa.BigInteger),
        sa.Column("progress_age_ms", sa.BigInteger, nullable=False),
        sa.Column("stale", sa.Boolean, nullable=False),
        sa.Column("delay_ms", sa.BigInteger, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("seen_ms", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("instance", "name", name="pk_job_reports"),
    )
