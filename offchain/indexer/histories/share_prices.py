"""A pool after each event that changed one of its figures."""

from offchain.chain.events.generated import insurance_pool as events
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.pool_figures import pool_figures
from offchain.indexer.histories.pool_moves import moves
from offchain.indexer.histories.told import Row, Told
from offchain.indexer.projections.state import same

SAME = (
    "available_balance high_water_mark unvested first_loss residual reserved treasury_fees claim_fees unsettled "
    "pending_shares pending_value total_deposits generation required_reserve"
)
"""Columns that are fields of the account."""
MOVES = "deposited withdrawn revested vested performance_fee claimed swept"
"""And those of Moves."""


def share_price(told: Told) -> Row:
    """The row of such an event."""
    pool = told.after(InsurancePool, told.state.at.market(told.event.market_id).pool)
    figures = pool_figures(pool, told.epoch, told.state.parameters)
    tvl = pool.available_balance + pool.unvested + pool.first_loss + pool.residual
    return told.market_row(
        event=told.decoded.name,
        nav=figures.nav,
        priced_nav=figures.priced_nav,
        total_shares=figures.total_shares,
        price_assets=figures.priced_nav + figures.virtual,
        price_shares=figures.total_shares + figures.virtual,
        share_price=figures.share_price,
        tvl=tvl,
        ledger=tvl + pool.reserved + pool.treasury_fees + pool.claim_fees,
        open_interest=pool.open_interest_now,
        utilisation_bps=figures.utilisation_bps,
        withdrawable=figures.withdrawable,
        **same(pool, SAME),
        **same(moves(told), MOVES),
    )


EVENTS = (
    events.PoolTermsSet,
    events.Deposited,
    events.ToppedUp,
    events.WithdrawalRequested,
    events.WithdrawalCancelled,
    events.WithdrawalExecuted,
    events.ReserveReported,
    events.PremiumCredited,
    events.RiskSet,
    events.UnsettledNoted,
    events.PayoutRequested,
    events.FundsReleased,
    events.ClaimFeePaid,
    events.TreasuryCollected,
    events.StakeFunded,
    events.StakePaid,
)
"""All that change one of these figures; the others are about set-up, the exit flag and requests of stake."""
