"""The terms of markets: registered, pushed to the peers, changed."""

from offchain.chain.events.generated import risk_engine as events
from offchain.chain.generated.risk_engine.accounts import (
    MarketConfig,
    MarketInputs,
    RiskConfig,
    RiskScore,
    RiskWindow,
)
from offchain.indexer.projections.moment import Moment
from offchain.indexer.projections.state import State, put, take

BLANKS = ((MarketConfig, "market"), (RiskScore, "score"), (MarketInputs, "inputs"), (RiskWindow, "window"))
"""By the event's `kind`: account type and name of its seeds."""
PREMIUM, POOL = 1, 2
"""Bits of the peers in `terms_pushed`."""
ALL_PUSHED = 7
PUSHED_BUT_POOL = 5
LIVE = 2


def blank_opened(state: State, event: events.BlankOpened, _moment: Moment) -> None:
    """One of the four accounts of a market."""
    kind, seed = BLANKS[event.kind]
    state.create(kind, "risk_engine", seed, event.market_id, market_id=event.market_id)


def activated(state: State, event: events.MarketActivated, _moment: Moment) -> None:
    """The market is registered; its calendar is the engine's."""
    market = state.edit(MarketConfig, state.at.market(event.market_id).config)
    names = "oracle_feed max_leverage insolvency_threshold min_reserve_ratio engine creator market_vault index grade"
    take(market, event, f"{names} lock_epochs notice_epochs performance_fee_bps")
    take(market, state.get(RiskConfig, state.at.risk_config), "genesis epoch_seconds")
    put(market, engine_fp=state.at.fingerprint("risk_engine", event.engine), status=event.after)


def terms_pushed(state: State, event: events.TermsPushed, _moment: Moment) -> None:
    """A peer knows the terms."""
    addresses = state.at.market(event.market_id)
    market = state.edit(MarketConfig, addresses.config)
    put(market, terms_pushed=event.after, active=event.active)
    if event.after == ALL_PUSHED:
        market.status = LIVE
    if event.peer == PREMIUM:
        market.premium = addresses.premium
    if event.peer == POOL:
        market.pool = addresses.pool


def change_announced(state: State, event: events.ChangeAnnounced, _moment: Moment) -> None:
    """New terms, later."""
    put(
        state.edit(MarketConfig, state.at.market(event.market_id).config),
        next_lock=event.lock_epochs,
        next_notice=event.notice_epochs,
        next_max_leverage=event.max_leverage,
        next_epoch=event.due_epoch,
        change_pending=True,
    )


def change_applied(state: State, event: events.ChangeApplied, _moment: Moment) -> None:
    """They hold; the pool has to be told again."""
    put(
        state.edit(MarketConfig, state.at.market(event.market_id).config),
        lock_epochs=event.lock_after,
        notice_epochs=event.notice_after,
        max_leverage=event.leverage_after,
        change_pending=False,
        terms_pushed=PUSHED_BUT_POOL,
    )


REDUCERS = {
    events.BlankOpened: blank_opened,
    events.MarketActivated: activated,
    events.TermsPushed: terms_pushed,
    events.ChangeAnnounced: change_announced,
    events.ChangeApplied: change_applied,
}
