"""Requests to leave a pool: when they were made, when they can be paid, and what was paid."""

from typing import Any

from offchain.chain.events.generated import insurance_pool as events
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, ProviderPosition
from offchain.chain.pool_figures import PoolFigures, pool_figures
from offchain.indexer.histories.told import Row, Told

AMOUNTS = "gross fee net forgone"


def requested(told: Told) -> Row:
    """The row of a WithdrawalRequested."""
    after = told.event.position_after
    return _row(told, "request", after, shares=after.requested_shares, value=after.request_value)


def cancelled(told: Told) -> Row:
    """The row of a WithdrawalCancelled."""
    event, request = told.event, told.event.position_before
    shares, wiped = request.requested_shares, request.generation != event.pool_before.generation
    value = 0 if wiped else _figures(told, before=True).assets(shares)
    return _row(told, "cancel", request, shares=shares, value=value, forgone=event.forgone, wiped=wiped)


def executed(told: Told) -> Row:
    """The row of a WithdrawalExecuted."""
    event, request = told.event, told.event.position_before
    amounts = {"gross": event.gross, "fee": event.fee, "net": event.net, "forgone": event.out - event.gross}
    return _row(told, "execute", request, shares=event.burned, value=event.out, wiped=event.wiped, **amounts)


def _row(told: Told, kind: str, request: events.PositionState, **values: Any) -> Row:
    event, parameters = told.event, told.state.parameters
    position = told.after(ProviderPosition, event.position)
    due = request.request_epoch + position.notice_epochs
    epochs = {
        "requested": request.request_epoch,
        "executable": due,
        "flag": due + parameters.exit_after,
        "forced": due + parameters.force_after,
    }
    return told.market_row(
        **(dict.fromkeys(AMOUNTS.split(), 0) | {"wiped": False} | values),
        kind=kind,
        provider=str(position.provider),
        actor=told.decoded.actor,
        provider_position=str(event.position),
        entry_epoch=position.entry_epoch,
        fee_bps=request.request_fee_bps,
        forced=kind == "execute" and told.epoch >= epochs["forced"],
        **{f"{name}_epoch": epoch for name, epoch in epochs.items()},
        **{f"{name}_at": told.schedule.start(epoch) for name, epoch in epochs.items()},
        open_shares=position.requested_shares,
        open_value=position.request_value,
        position_shares=position.shares,
        position_deposited=position.deposited_amount,
        share_price=_figures(told, before=False).share_price,
    )


def _figures(told: Told, before: bool) -> PoolFigures:
    read = told.before if before else told.after
    pool = read(InsurancePool, told.state.at.market(told.event.market_id).pool)
    return pool_figures(pool, told.epoch, told.state.parameters)
