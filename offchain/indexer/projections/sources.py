"""Where each field of each account comes from; tests hold this declaration against the IDLs and against whole runs.

`told`: the event carries the value, or is the change itself. `derived`: from program ids, seeds or another row, when
the event creates or binds the account. `rule`: by the protocol's rule from the event and what came before.
"""

from typing import Literal, NamedTuple

from offchain.indexer.projections.reducers.pool_capital import POOL_STATE, POSITION_STATE


class Source(NamedTuple):
    """Some fields of an account type and how some events change them; names with spaces in between."""

    way: Literal["told", "derived", "rule"]
    events: str
    fields: str


def _powers(created: str, proposed: str, accepted: str, guardian: str) -> tuple[Source, ...]:
    return (
        Source("derived", created, "bump"),
        Source("told", created, "admin guardian dev"),
        Source("told", proposed, "pending_admin"),
        Source("told", accepted, "admin"),
        Source("told", guardian, "guardian"),
    )


_RISK = {
    "RiskConfig": (
        *_powers("ConfigInitialized", "AdminProposed", "AdminAccepted", "GuardianSet"),
        Source("told", "ConfigInitialized", "mint genesis epoch_seconds"),
        Source("derived", "ConfigInitialized", "premium_program premium_fp premium_authority pool_program pool_fp"),
        Source(
            "derived", "ConfigInitialized", "pool_authority handler_program handler_fp handler_authority scoring_fp"
        ),
        Source("told", "RegistrationsStopped", "paused_until pause_allowed_at"),
    ),
    "AllowedEngine": (
        Source("told", "EngineListed", "program active"),
        Source("derived", "EngineListed", "fingerprint bump"),
    ),
    "MarketConfig": (
        Source("told", "BlankOpened", "market_id"),
        Source("derived", "BlankOpened", "bump"),
        Source(
            "told", "MarketActivated", "oracle_feed max_leverage insolvency_threshold min_reserve_ratio engine creator"
        ),
        Source(
            "told", "MarketActivated", "market_vault index grade status lock_epochs notice_epochs performance_fee_bps"
        ),
        Source("derived", "MarketActivated", "engine_fp genesis epoch_seconds"),
        Source("told", "TermsPushed", "terms_pushed active"),
        Source("derived", "TermsPushed", "premium pool"),
        Source("rule", "TermsPushed", "status"),
        Source("told", "ChangeAnnounced", "next_lock next_notice next_max_leverage next_epoch change_pending"),
        Source("told", "ChangeApplied", "lock_epochs notice_epochs max_leverage change_pending"),
        Source("rule", "ChangeApplied", "terms_pushed"),
        Source("told", "ScoreUpdated", "grade"),
        Source("rule", "ScoreUpdated", "min_reserve_ratio"),
    ),
    "RiskScore": (
        Source("told", "BlankOpened", "market_id"),
        Source("derived", "BlankOpened", "bump"),
        Source(
            "told", "ScoreUpdated", "composite_score leverage_factor oi_ratio_factor volatility_factor epoch samples"
        ),
        Source(
            "told", "ScoreUpdated", "funding_variance_factor funding_samples provisional oi_ratio_bps mean_leverage"
        ),
        Source("told", "ScoreUpdated", "open_interest required_reserve grade reasons last_updated_at has_score"),
        Source("rule", "ScoreUpdated", "better_since better_grade better_waiting below_since below_waiting"),
    ),
    "MarketInputs": (
        Source("told", "BlankOpened", "market_id"),
        Source("derived", "BlankOpened", "bump"),
        Source("told", "StatisticsReceived", "stats_epoch open_interest_long open_interest_short open_interest_now"),
        Source("told", "StatisticsReceived", "mean_leverage depth cum_funding has_stats"),
        Source("told", "ReserveReceived", "available_balance pending_withdrawals utilization_bps reserve_epoch exit"),
        Source("told", "ReserveReceived", "has_reserve"),
        Source("told", "ArrearsReceived", "arrears arrears_epoch"),
    ),
    "RiskWindow": (
        Source("told", "BlankOpened", "market_id"),
        Source("derived", "BlankOpened", "bump"),
        Source("rule", "ScoreUpdated", "days funding day head last_sample_epoch last_sample_price has_sample total_n"),
        Source("rule", "ScoreUpdated", "total_sum total_square funding_head funding_count funding_sum funding_square"),
        Source("rule", "ScoreUpdated", "last_cum last_window has_funding updates"),
    ),
    "PriceFeed": (
        Source("told", "FeedOpened", "feed_id writer source"),
        Source("derived", "FeedOpened", "bump"),
        Source(
            "told", "PriceAccepted", "price conf publish_time lag_price lag_time provisional sample_price sample_epoch"
        ),
        Source("told", "PriceAccepted", "has_sample"),
        Source("rule", "PriceAccepted", "candidate_price candidate_time provisional_price provisional_time updates"),
    ),
}

_PREMIUM = {
    "PremiumConfig": (
        *_powers("ConfigInitialized", "AdminProposed", "AdminAccepted", "GuardianSet"),
        Source("told", "ConfigInitialized", "mint"),
        Source(
            "derived", "ConfigInitialized", "risk_program risk_authority risk_fp pool_program pool_authority pool_fp"
        ),
    ),
    "PremiumAccount": (
        Source("told", "PremiumOpened", "market_id"),
        Source("derived", "PremiumOpened", "bump"),
        Source("told", "EscrowOpened", "escrow"),
        Source("told", "TermsSet", "active genesis epoch_seconds"),
        Source(
            "told", "RateSet", "rate_bps has_rate score utilization_bps open_interest reserve_bps score_epoch grade"
        ),
        Source("told", "RateSet PremiumsRouted ArrearsReported ArrearsPaid FeesCollected OffsetApplied", "balance"),
        Source("told", "RateSet PremiumsRouted ArrearsReported ArrearsPaid", "floor_epoch"),
        Source(
            "rule",
            "RateSet PremiumsRouted ArrearsReported ArrearsPaid FeesCollected OffsetApplied",
            "negative negative_since",
        ),
        Source("told", "FeesCollected PremiumsRouted ArrearsPaid", "escrow_ledger"),
        Source("rule", "FeesCollected", "total_collected"),
        Source("told", "PremiumsRouted", "route_epoch has_routed"),
        Source("rule", "PremiumsRouted", "total_routed total_bounty"),
        Source("told", "OffsetApplied", "acknowledged_offset"),
    ),
}

_MOVES = "Deposited ToppedUp WithdrawalRequested WithdrawalCancelled WithdrawalExecuted"

_POOL = {
    "PoolConfig": (
        *_powers("PoolConfigCreated", "PoolAdminProposed", "PoolAdminAccepted", "PoolGuardianSet"),
        Source("told", "PoolConfigCreated", "mint treasury risk_authority premium_authority handler_authority"),
        Source("derived", "PoolConfigCreated", "risk_program risk_fp premium_program premium_fp handler_fp"),
        Source("told", "DepositsStopped", "paused_until pause_allowed_at"),
    ),
    "InsurancePool": (
        Source("told", "PoolOpened", "market_id"),
        Source("derived", "PoolOpened", "bump"),
        Source("told", "PoolVaultOpened", "vault"),
        Source(
            "told", "PoolTermsSet", "market_vault creator engine_fp genesis epoch_seconds performance_fee_bps active"
        ),
        Source("told", "PoolTermsSet", "lock_epochs notice_epochs"),
        Source("derived", "PoolTermsSet", "inputs premium"),
        Source("rule", "PoolTermsSet", "high_water_mark"),
        Source("told", f"{_MOVES} ReserveReported PremiumCredited PayoutRequested", POOL_STATE),
        Source("told", "PremiumCredited", "epoch_premium_accrued last_update_epoch arrears acknowledged_offset"),
        Source("told", "RiskSet", "required_reserve open_interest_now score_epoch reasons utilization_rate"),
        Source("told", "ExitFlagged", "exit"),
        Source("told", "UnsettledNoted", "unsettled"),
        Source("told", "PayoutRequested", "reserved_sequence reserved_payout reserved_first_loss reserved_premium"),
        Source("told", "PayoutRequested", "reserved_capital reserved_offset reserved_fee"),
        Source("rule", "PayoutRequested", "unsettled total_offset"),
        Source("told", "FundsReleased", "reserved"),
        Source("rule", "FundsReleased", "reserved_sequence reserved_payout reserved_first_loss reserved_premium"),
        Source("rule", "FundsReleased", "reserved_capital reserved_offset reserved_fee"),
        Source("told", "ClaimFeePaid", "claim_fees"),
        Source("told", "TreasuryCollected", "treasury_fees"),
        Source("told", "StakeFunded StakePaid", "first_loss"),
        Source("told", "StakeRequested StakeCancelled StakePaid", "stake_request stake_request_epoch"),
    ),
    "ProviderPosition": (
        Source("told", "Deposited", "provider market_id"),
        Source("derived", "Deposited", "lock_epochs notice_epochs bump"),
        Source("told", _MOVES, POSITION_STATE),
    ),
}

_HANDLER = {
    "HandlerConfig": (
        *_powers("HandlerConfigCreated", "HandlerAdminProposed", "HandlerAdminAccepted", "HandlerGuardianSet"),
        Source("told", "HandlerConfigCreated", "risk_authority pool_authority"),
        Source("derived", "HandlerConfigCreated", "pool_program pool_fp"),
    ),
    "ClaimRegistry": (
        Source("told", "RegistryOpened", "market_id"),
        Source("derived", "RegistryOpened", "bump"),
        Source("rule", "RegistryOpened", "next_sequence"),
        Source("told", "HandlerTermsSet", "engine_fp pool threshold genesis epoch_seconds active"),
        Source("told", "NoClaim", "counter"),
        Source("rule", "NoClaim", "no_claims"),
        Source("told", "DeficitSubmitted", "margin_total fund_total"),
        Source("told", "DeficitReported", "counter settled pending"),
        Source("rule", "DeficitReported", "margin_total fund_total settled_margin settled_fund"),
        Source("rule", "ClaimEvent", "next_sequence claims pending"),
    ),
    "ClaimRecord": (
        Source("told", "ClaimOpened", "market_id sequence opened_at"),
        Source("derived", "ClaimOpened", "bump"),
        Source("told", "DeficitReported", "deficit_amount executor threshold margin_tier fund_tier profit_tier state"),
        Source(
            "told", "ClaimEvent", "deficit_amount payout_amount timestamp fully_covered epoch fee uncovered executor"
        ),
        Source("told", "ClaimEvent", "threshold margin_tier fund_tier first_loss_tier premium_tier capital_tier state"),
        Source("told", "ClaimEvent", "profit_tier arrears_offset net_paid executor_fee"),
        Source("told", "ClaimFeeCollected", "fee_collected"),
    ),
}

_ACCRUING = "SyncReceived StatisticsPushed PositionOpened MarginAdded PositionClosed PositionLiquidated"

_DEMO = {
    "DemoConfig": (
        Source("told", "DemoConfigSet", "admin mint risk_program handler_program pool_program"),
        Source("derived", "DemoConfigSet", "risk_fp premium_fp handler_fp bump"),
    ),
    "PerpMarket": (
        Source("told", "MarketCreated", "market_id creator index mint depth trading_fee_bps maintenance_bps"),
        Source("told", "MarketCreated", "liquidation_fee_bps"),
        Source(
            "derived", "MarketCreated", "risk_fp risk_authority premium_fp handler_fp handler_authority pool_authority"
        ),
        Source("derived", "MarketCreated", "bump"),
        Source("rule", "MarketCreated", "profit_index"),
        Source("told", "VaultOpened", "vault fee_vault"),
        Source("told", "MarketRegistered", "registered"),
        Source("told", "SyncReceived", "synced synced_at price publish_time lag_price provisional grade reasons"),
        Source("told", "SyncReceived", "leverage_cap oi_cap"),
        Source("derived", "SyncReceived", "genesis epoch_seconds"),
        Source("rule", _ACCRUING, "cum_funding acc_time acc_epoch acc_long acc_short acc_notional"),
        Source("rule", _ACCRUING, "acc_notional_leverage mean_epoch mean_long mean_short mean_leverage"),
        Source("told", "PositionOpened PositionClosed PositionLiquidated", "oi_long oi_short"),
        Source("told", "PositionOpened MarginAdded PositionClosed PositionLiquidated", "margins"),
        Source("rule", "PositionOpened PositionClosed PositionLiquidated", "open_positions entry_notional"),
        Source("rule", "PositionOpened MarginAdded PositionClosed PositionLiquidated", "entry_notional_leverage"),
        Source("told", "PositionOpened PositionClosed FeesSettled", "fees_due"),
        Source("told", "PositionClosed PositionLiquidated HouseChanged FeesSwept DeficitCovered", "house"),
        Source("told", "PositionLiquidated InsuranceFunded", "fund"),
        Source("rule", "PositionClosed PositionLiquidated", "claimable"),
        Source("told", "ProfitVested", "claimable"),
        Source("told", "PositionClosed PositionLiquidated DeficitCovered ProfitVested", "unvested_units"),
        Source("told", "PositionLiquidated DeficitCovered", "profit_index bad_debt"),
        Source("rule", "PositionLiquidated DeficitCovered", "profit_generation"),
        Source("told", "PositionLiquidated", "deficit_counter"),
        Source("rule", "PositionLiquidated", "margin_counter fund_counter"),
    ),
    "TraderAccount": (
        Source("told", "TraderOpened", "owner market"),
        Source("derived", "TraderOpened", "bump"),
        Source("rule", "PositionClosed PositionLiquidated", "units vest_end vest_epoch generation claimable"),
        Source("told", "ProfitVested", "units vest_epoch claimable"),
        Source("rule", "ProfitVested", "generation"),
    ),
    "PerpPosition": (
        Source("told", "PositionOpened", "owner market nonce is_long size entry_price notional margin initial_margin"),
        Source("told", "PositionOpened", "leverage entry_funding state"),
        Source("derived", "PositionOpened", "bump"),
        Source("told", "MarginAdded", "margin leverage"),
        Source("rule", "MarginAdded", "initial_margin"),
        Source("told", "PositionClosed PositionLiquidated", "state"),
    ),
}

SOURCES: dict[str, dict[str, tuple[Source, ...]]] = {
    "risk_engine": _RISK,
    "premium_manager": _PREMIUM,
    "insurance_pool": _POOL,
    "insolvency_handler": _HANDLER,
    "demo_market": _DEMO,
}
"""Program -> account type -> where its fields come from."""
