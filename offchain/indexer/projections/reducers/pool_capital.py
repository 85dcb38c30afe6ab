"""Capital of providers: deposits, withdrawals, premiums. The events hold pool and position as they are afterwards."""

from solders.pubkey import Pubkey

from offchain.chain.events.generated import insurance_pool as events
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, ProviderPosition
from offchain.indexer.projections.moment import Moment
from offchain.indexer.projections.state import State, put, take

POOL_STATE = (
    "total_deposits available_balance utilization_rate total_shares unvested vest_end vest_epoch pending_shares "
    "pending_value generation high_water_mark first_loss residual reserved treasury_fees claim_fees exit"
)
"""The fields of PoolState."""
POSITION_STATE = (
    "deposited_amount shares entry_epoch unlock_epoch generation requested_shares request_value request_fee_bps "
    "request_epoch"
)
"""The fields of PositionState."""

Moved = events.ToppedUp | events.WithdrawalRequested | events.WithdrawalCancelled | events.WithdrawalExecuted


def take_pool(state: State, market_id: Pubkey, after: events.PoolState) -> InsurancePool:
    """The pool's row with the state that an event tells."""
    pool = state.edit(InsurancePool, state.at.market(market_id).pool)
    take(pool, after, POOL_STATE)
    return pool


def deposited(state: State, event: events.Deposited, _moment: Moment) -> None:
    """A new position keeps the lock and the notice of its deposit."""
    pool = take_pool(state, event.market_id, event.pool_after)
    parts = (event.market_id, event.actor, event.position_after.entry_epoch)
    position = state.create(ProviderPosition, "insurance_pool", "position", *parts)
    put(position, provider=event.actor, market_id=event.market_id)
    take(position, pool, "lock_epochs notice_epochs")
    take(position, event.position_after, POSITION_STATE)


def moved(state: State, event: Moved, _moment: Moment) -> None:
    """A position that exists gets more, asks, takes it back or is paid."""
    take_pool(state, event.market_id, event.pool_after)
    take(state.edit(ProviderPosition, event.position), event.position_after, POSITION_STATE)


def exit_flagged(state: State, event: events.ExitFlagged, _moment: Moment) -> None:
    """A request has waited for too long."""
    state.edit(InsurancePool, state.at.market(event.market_id).pool).exit = event.exit_after


def reserve_reported(state: State, event: events.ReserveReported, _moment: Moment) -> None:
    """Premiums vested, and the utilisation is new."""
    take_pool(state, event.market_id, event.pool_after)


def premium_credited(state: State, event: events.PremiumCredited, _moment: Moment) -> None:
    """A premium starts to vest; the market's debts are known anew."""
    pool = take_pool(state, event.market_id, event.pool_after)
    take(pool, event, "arrears acknowledged_offset")
    put(pool, epoch_premium_accrued=event.epoch_premium_after, last_update_epoch=event.epoch)


def risk_set(state: State, event: events.RiskSet, _moment: Moment) -> None:
    """What the score asks of the pool."""
    put(
        state.edit(InsurancePool, state.at.market(event.market_id).pool),
        required_reserve=event.required_after,
        open_interest_now=event.open_interest_after,
        score_epoch=event.epoch,
        reasons=event.reasons_after,
        utilization_rate=event.utilization_after,
    )


REDUCERS = {
    events.Deposited: deposited,
    events.ToppedUp: moved,
    events.WithdrawalRequested: moved,
    events.WithdrawalCancelled: moved,
    events.WithdrawalExecuted: moved,
    events.ExitFlagged: exit_flagged,
    events.ReserveReported: reserve_reported,
    events.PremiumCredited: premium_credited,
    events.RiskSet: risk_set,
}
