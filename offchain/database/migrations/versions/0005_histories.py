"""The histories: one row for each event that moved a share price, a score, a premium and so on."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005_histories"
down_revision = "0004_projections"
branch_labels = None
depends_on = None

TABLES: dict[str, dict[str, str]] = {
    "share_prices": {
        "text": "event",
        "number": (
            "available_balance nav priced_nav total_shares price_assets price_shares share_price high_water_mark tvl "
            "ledger unvested first_loss residual reserved treasury_fees claim_fees unsettled pending_shares "
            "pending_value total_deposits generation open_interest required_reserve utilisation_bps withdrawable "
            "deposited withdrawn revested vested performance_fee claimed swept"
        ),
    },
    "score_history": {
        "text": "actor",
        "number": (
            "composite_before composite leverage_factor oi_ratio_factor volatility_factor funding_variance_factor "
            "mean_leverage oi_ratio_bps volatility funding_deviation open_interest open_interest_long "
            "open_interest_short depth cum_funding sample_price samples funding_samples better_since below_since "
            "utilization_bps reserve_bps required_reserve"
        ),
        "small": "plain_grade raw_grade grade_before grade reasons_before reasons better_grade",
        "flag": "provisional overlay restricted better_waiting below_waiting",
    },
    "premium_flows": {
        "text": "kind",
        "number": (
            "rate_bps gross premium bounty routed credited vested performance_fee offset floor escrow balance arrears "
            "total_collected total_routed total_bounty"
        ),
    },
    "no_claims": {
        "text": "actor",
        "number": "deficit unsettled threshold counter settled count total_deficit",
        "number or null": "margin_tier fund_tier unvested_profit",
    },
    "withdrawals": {
        "text": "kind provider actor provider_position",
        "number": (
            "entry_epoch shares value gross fee_bps fee net forgone requested_epoch executable_epoch flag_epoch "
            "forced_epoch requested_at executable_at flag_at forced_at open_shares open_value position_shares "
            "position_deposited share_price"
        ),
        "flag": "wiped forced",
    },
    "keeper_earnings": {
        "text": "kind actor",
        "number": "amount",
        "number or null": "sequence",
        "text or null": "perp_position",
    },
    "feed_prices": {
        "text": "feed feed_id actor",
        "number": "price_before price conf publish_time lag_price lag_time sample_price sample_epoch updates",
        "flag": "provisional",
    },
}
"""Table -> type of columns -> their names; each also has the place of its event."""
TYPES: dict[str, Any] = {"text": sa.String(), "number": sa.BigInteger(), "small": sa.Integer(), "flag": sa.Boolean()}
PAGED = {"feed_prices": ("feed",), "withdrawals": ("market_id", "provider"), "keeper_earnings": ("market_id", "actor")}
"""Table -> the columns by which its rows are paged through, `market_id` where nothing is said."""


def upgrade() -> None:
    """Make the tables."""
    for table, columns in TABLES.items():
        paged = PAGED.get(table, ("market_id",))
        op.create_table(
            table,
            sa.Column("signature", sa.String, nullable=False),
            sa.Column("number", sa.Integer, nullable=False),
            sa.Column("position", sa.Integer, nullable=False),
            *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("slot", "block_time", "epoch")),
            *(sa.Column(name, sa.String, nullable=False) for name in ("market_id",) if name in paged),
            *_columns(columns),
            sa.PrimaryKeyConstraint("signature", "number", name=f"pk_{table}"),
        )
        for one in paged:
            op.create_index(f"ix_{table}_{one}_slot_position_number", table, [one, "slot", "position", "number"])
            op.create_index(f"ix_{table}_{one}_block_time", table, [one, "block_time"])


def _columns(columns: dict[str, str]) -> list[sa.Column[Any]]:
    return [
        sa.Column(name, TYPES[of.removesuffix(" or null")], nullable=of.endswith("or null"))
        for of, names in columns.items()
        for name in names.split()
    ]
