"""A market's few events of claims, without a look at all its others."""

import sqlalchemy as sa
from alembic import op

revision = "0010_claims"
down_revision = "0009_monitoring"
branch_labels = None
depends_on = None

WHERE = sa.text(
    "name IN ('ClaimEvent', 'ClaimFeeCollected', 'ClaimOpened', 'DeficitReported', 'FundsReleased', 'PayoutRequested', "
    "'PositionLiquidated')"
)


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_events_of_claims", "events", ["market_id", "name"], sqlite_where=WHERE, postgresql_where=WHERE)
