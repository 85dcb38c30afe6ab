"""What market, pool and premium manager report to the risk engine."""

from offchain.chain.events.generated import risk_engine as events
from offchain.chain.generated.risk_engine.accounts import MarketInputs
from offchain.indexer.projections.moment import Moment
from offchain.indexer.projections.state import State, put, take


def statistics(state: State, event: events.StatisticsReceived, _moment: Moment) -> None:
    """Means of an epoch; a report that is not newer changes nothing."""
    if event.accepted:
        inputs = state.edit(MarketInputs, state.at.market(event.market_id).inputs)
        put(inputs, stats_epoch=event.epoch_after, has_stats=True)
        take(inputs, event, "open_interest_long open_interest_short open_interest_now mean_leverage depth cum_funding")


def reserve(state: State, event: events.ReserveReceived, _moment: Moment) -> None:
    """The pool's state."""
    put(
        state.edit(MarketInputs, state.at.market(event.market_id).inputs),
        available_balance=event.available_after,
        pending_withdrawals=event.pending_withdrawals,
        utilization_bps=event.utilization_after,
        reserve_epoch=event.epoch,
        exit=event.exit_after,
        has_reserve=True,
    )


def arrears(state: State, event: events.ArrearsReceived, _moment: Moment) -> None:
    """Whether the market owes premiums for too long."""
    inputs = state.edit(MarketInputs, state.at.market(event.market_id).inputs)
    put(inputs, arrears=event.after, arrears_epoch=event.epoch)


REDUCERS = {
    events.StatisticsReceived: statistics,
    events.ReserveReceived: reserve,
    events.ArrearsReceived: arrears,
}
