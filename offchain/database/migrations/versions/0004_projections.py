"""One table for each projected account type, and what may have to be taken back."""

import sqlalchemy as sa
from alembic import op

from offchain.database.tables.base import json_type

revision = "0004_projections"
down_revision = "0003_indexer"
branch_labels = None
depends_on = None

TABLES: dict[str, dict[str, str]] = {
    "risk_configs": {
        "text": (
            "admin pending_admin guardian mint premium_program premium_fp premium_authority pool_program "
            "pool_fp pool_authority handler_program handler_fp handler_authority scoring_fp"
        ),
        "number": "genesis epoch_seconds paused_until pause_allowed_at bump",
        "flag": "dev",
    },
    "engines": {
        "text": "program fingerprint",
        "number": "bump",
        "flag": "active",
    },
    "markets": {
        "text": "market_id oracle_feed engine engine_fp creator market_vault premium pool",
        "number": (
            "max_leverage insolvency_threshold min_reserve_ratio index grade status terms_pushed lock_epochs "
            "notice_epochs performance_fee_bps genesis epoch_seconds next_lock next_notice next_max_leverage "
            "next_epoch bump"
        ),
        "flag": "active change_pending",
    },
    "scores": {
        "text": "market_id",
        "number": (
            "composite_score leverage_factor oi_ratio_factor volatility_factor funding_variance_factor "
            "last_updated_at epoch samples funding_samples oi_ratio_bps mean_leverage open_interest "
            "required_reserve grade reasons better_since better_grade below_since bump"
        ),
        "flag": "provisional better_waiting below_waiting has_score",
    },
    "inputs": {
        "text": "market_id",
        "number": (
            "stats_epoch open_interest_long open_interest_short open_interest_now mean_leverage depth "
            "cum_funding available_balance pending_withdrawals utilization_bps reserve_epoch arrears_epoch "
            "bump"
        ),
        "flag": "has_stats exit has_reserve arrears",
    },
    "windows": {
        "text": "market_id total_sum total_square funding_sum funding_square",
        "number": (
            "day head last_sample_epoch last_sample_price total_n funding_head funding_count last_cum "
            "last_window updates bump"
        ),
        "flag": "has_sample has_funding",
        "list": "days funding",
    },
    "feeds": {
        "text": "feed_id writer",
        "number": (
            "source price conf publish_time candidate_price candidate_time lag_price lag_time "
            "provisional_price provisional_time sample_price sample_epoch updates bump"
        ),
        "flag": "provisional has_sample",
    },
    "premium_configs": {
        "text": (
            "admin pending_admin guardian mint risk_program risk_authority risk_fp pool_program pool_authority pool_fp"
        ),
        "number": "bump",
        "flag": "dev",
    },
    "premiums": {
        "text": "market_id escrow",
        "number": (
            "genesis epoch_seconds rate_bps score utilization_bps open_interest reserve_bps score_epoch grade "
            "escrow_ledger balance floor_epoch negative_since route_epoch total_collected total_routed "
            "total_bounty acknowledged_offset bump"
        ),
        "flag": "active has_rate negative has_routed",
    },
    "pool_configs": {
        "text": (
            "admin pending_admin guardian mint treasury risk_program risk_authority risk_fp premium_program "
            "premium_authority premium_fp handler_authority handler_fp"
        ),
        "number": "paused_until pause_allowed_at bump",
        "flag": "dev",
    },
    "pools": {
        "text": "market_id vault market_vault creator engine_fp inputs premium",
        "number": (
            "total_deposits available_balance epoch_premium_accrued utilization_rate last_update_epoch "
            "total_shares unvested vest_end vest_epoch pending_shares pending_value generation genesis "
            "epoch_seconds lock_epochs notice_epochs performance_fee_bps required_reserve open_interest_now "
            "score_epoch reasons high_water_mark first_loss residual stake_request stake_request_epoch "
            "unsettled reserved reserved_sequence reserved_payout reserved_first_loss reserved_premium "
            "reserved_capital reserved_offset reserved_fee treasury_fees claim_fees arrears "
            "acknowledged_offset total_offset bump"
        ),
        "flag": "active exit",
    },
    "provider_positions": {
        "text": "provider market_id",
        "number": (
            "deposited_amount shares entry_epoch unlock_epoch lock_epochs notice_epochs generation "
            "requested_shares request_value request_fee_bps request_epoch bump"
        ),
    },
    "handler_configs": {
        "text": "admin pending_admin guardian risk_authority pool_program pool_authority pool_fp",
        "number": "bump",
        "flag": "dev",
    },
    "registries": {
        "text": "market_id engine_fp pool",
        "number": (
            "genesis epoch_seconds threshold counter settled margin_total fund_total settled_margin "
            "settled_fund next_sequence claims no_claims bump"
        ),
        "flag": "active pending",
    },
    "claims": {
        "text": "market_id executor",
        "number": (
            "deficit_amount payout_amount timestamp sequence epoch fee uncovered threshold margin_tier "
            "fund_tier first_loss_tier premium_tier capital_tier profit_tier arrears_offset net_paid "
            "executor_fee opened_at state bump"
        ),
        "flag": "fully_covered fee_collected",
    },
    "demo_configs": {
        "text": "admin mint risk_program risk_fp premium_fp handler_program handler_fp pool_program",
        "number": "bump",
    },
    "perp_markets": {
        "text": (
            "market_id creator mint vault fee_vault risk_fp risk_authority premium_fp handler_fp "
            "handler_authority pool_authority entry_notional_leverage acc_long acc_short acc_notional "
            "acc_notional_leverage"
        ),
        "number": (
            "index genesis epoch_seconds synced_at price publish_time lag_price grade reasons leverage_cap "
            "oi_cap depth trading_fee_bps maintenance_bps liquidation_fee_bps oi_long oi_short entry_notional "
            "cum_funding acc_time acc_epoch mean_epoch mean_long mean_short mean_leverage margins house fund "
            "claimable fees_due unvested_units profit_index profit_generation deficit_counter margin_counter "
            "fund_counter bad_debt open_positions bump"
        ),
        "flag": "registered synced provisional",
    },
    "trader_accounts": {
        "text": "owner market",
        "number": "units vest_end vest_epoch generation claimable bump",
    },
    "perp_positions": {
        "text": "owner market",
        "number": "nonce size entry_price notional margin initial_margin leverage entry_funding state bump",
        "flag": "is_long",
    },
}
"""Table -> type of columns -> their names; each also has `address` and `slot`."""


def upgrade() -> None:
    """Make the tables."""
    types = {"text": sa.String(), "number": sa.BigInteger(), "flag": sa.Boolean(), "list": json_type()}
    for table, columns in TABLES.items():
        op.create_table(
            table,
            sa.Column("address", sa.String, nullable=False),
            *(sa.Column(name, types[of], nullable=False) for of, names in columns.items() for name in names.split()),
            sa.Column("slot", sa.BigInteger, nullable=False),
            sa.PrimaryKeyConstraint("address", name=f"pk_{table}"),
        )
    op.create_table(
        "projection_undo",
        sa.Column("slot", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.String, nullable=False) for name in ("address", "kind")),
        sa.Column("before", json_type()),
        sa.PrimaryKeyConstraint("slot", "address", name="pk_projection_undo"),
    )
