"""A keeper's transactions with their costs and income, and its halts."""

import sqlalchemy as sa
from alembic import op

revision = "0002_keeper"
down_revision = "0001_prices"
branch_labels = None
depends_on = None

_TEXTS = ("signature", "wallet", "duty", "subject", "key", "status", "code")
_NUMBERS = ("cycle", "sent_ms", "slot", "lamports", "fee", "usdc", "units", "settled_ms")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "keeper_action",
        *(sa.Column(name, sa.String, nullable=False) for name in _TEXTS),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in _NUMBERS),
        sa.PrimaryKeyConstraint("signature", name="pk_keeper_action"),
    )
    op.create_index("ix_keeper_action_wallet", "keeper_action", ["wallet"])
    op.create_index("ix_keeper_action_sent_ms", "keeper_action", ["sent_ms"])
    op.create_table(
        "keeper_halt",
        sa.Column("wallet", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("at_ms", "lifted_ms")),
        sa.PrimaryKeyConstraint("wallet", name="pk_keeper_halt"),
    )
