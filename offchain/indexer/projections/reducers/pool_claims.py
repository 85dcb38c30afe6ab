"""Payouts of a pool, its fees, and the creator's stake."""

from solders.pubkey import Pubkey

from offchain.chain.events.generated import insurance_pool as events
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.indexer.projections.moment import Moment
from offchain.indexer.projections.reducers.pool_capital import take_pool
from offchain.indexer.projections.state import State, put


def unsettled(state: State, event: events.UnsettledNoted, _moment: Moment) -> None:
    """A deficit that is no claim yet."""
    _edit(state, event.market_id).unsettled = event.unsettled_after


def payout_requested(state: State, event: events.PayoutRequested, _moment: Moment) -> None:
    """A claim is booked and reserved."""
    pool = take_pool(state, event.market_id, event.pool_after)
    put(
        pool,
        unsettled=0,
        reserved_sequence=event.sequence,
        reserved_payout=event.payout,
        reserved_first_loss=event.first_loss,
        reserved_premium=event.premium,
        reserved_capital=event.capital,
        reserved_offset=event.offset,
        reserved_fee=event.fee,
        total_offset=pool.total_offset + event.offset,
    )


def released(state: State, event: events.FundsReleased, _moment: Moment) -> None:
    """It is paid."""
    pool = _edit(state, event.market_id)
    put(pool, reserved=event.reserved_after, reserved_sequence=0, reserved_payout=0, reserved_first_loss=0)
    put(pool, reserved_premium=0, reserved_capital=0, reserved_offset=0, reserved_fee=0)


def claim_fee_paid(state: State, event: events.ClaimFeePaid, _moment: Moment) -> None:
    """An executor collected."""
    _edit(state, event.market_id).claim_fees = event.claim_fees_after


def treasury_collected(state: State, event: events.TreasuryCollected, _moment: Moment) -> None:
    """The treasury collected."""
    _edit(state, event.market_id).treasury_fees = event.treasury_fees_after


def stake_funded(state: State, event: events.StakeFunded, _moment: Moment) -> None:
    """The creator adds to the first-loss stake."""
    _edit(state, event.market_id).first_loss = event.first_loss_after


def stake_requested(state: State, event: events.StakeRequested, _moment: Moment) -> None:
    """And wants some of it back."""
    put(_edit(state, event.market_id), stake_request=event.amount, stake_request_epoch=event.epoch)


def stake_cancelled(state: State, event: events.StakeCancelled, _moment: Moment) -> None:
    """Or not."""
    put(_edit(state, event.market_id), stake_request=0, stake_request_epoch=0)


def stake_paid(state: State, event: events.StakePaid, _moment: Moment) -> None:
    """The request is paid."""
    fields = {"first_loss": event.first_loss_after, "stake_request": 0, "stake_request_epoch": 0}
    put(_edit(state, event.market_id), **fields)


def _edit(state: State, market_id: Pubkey) -> InsurancePool:
    return state.edit(InsurancePool, state.at.market(market_id).pool)


REDUCERS = {
    events.UnsettledNoted: unsettled,
    events.PayoutRequested: payout_requested,
    events.FundsReleased: released,
    events.ClaimFeePaid: claim_fee_paid,
    events.TreasuryCollected: treasury_collected,
    events.StakeFunded: stake_funded,
    events.StakeRequested: stake_requested,
    events.StakeCancelled: stake_cancelled,
    events.StakePaid: stake_paid,
}
