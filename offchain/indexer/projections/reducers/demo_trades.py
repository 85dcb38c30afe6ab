"""Positions of the demo market from their opening to their end, and what they do to market and trader."""

from solders.pubkey import Pubkey

from offchain.chain.events.generated import demo_market as events
from offchain.chain.generated.demo_market.accounts import PerpPosition
from offchain.indexer.projections.moment import Moment
from offchain.indexer.projections.reducers.demo_ledger import ledger, position_of, trader_of, write_trader
from offchain.indexer.projections.reducers.demo_markets import edit_trader
from offchain.indexer.projections.state import State, put, take
from offchain.settings.parameters import Parameters
from offchain.verify.replay.market.interest import add_weight, put_in, take_out
from offchain.verify.replay.market.profit import add, socialise
from offchain.verify.replay.market.state import Market, Trader

OPEN, CLOSED, LIQUIDATED = 1, 2, 3
"""States of a position."""


def opened(state: State, event: events.PositionOpened, moment: Moment) -> None:
    """A new position."""
    parts = (event.market_id, event.actor, event.nonce)
    row = state.create(PerpPosition, "demo_market", "position", *parts, owner=event.actor, market=event.market_id)
    take(row, event, "nonce is_long size entry_price notional margin leverage entry_funding")
    put(row, initial_margin=event.margin, state=OPEN)
    with ledger(state, event.market_id, moment.time) as market:
        put_in(market, position_of(row))
        take(market, event, "oi_long oi_short margins fees_due")


def margin_added(state: State, event: events.MarginAdded, moment: Moment) -> None:
    """More margin; the weight of its leverage in the mean changes."""
    row = _edit(state, event.market_id, event.actor, event.nonce)
    with ledger(state, event.market_id, moment.time) as market:
        add_weight(market, position_of(row), -1)
        take(row, event, "margin leverage")
        row.initial_margin += event.amount
        add_weight(market, position_of(row), 1)
        market.margins = event.margins


def closed(state: State, event: events.PositionClosed, moment: Moment) -> None:
    """The owner ended it; the profit vests."""
    row = _edit(state, event.market_id, event.actor, event.nonce)
    owner = edit_trader(state, event.market_id, event.actor)
    trader = trader_of(owner)
    row.state = CLOSED
    with ledger(state, event.market_id, moment.time) as market:
        take_out(market, position_of(row))
        add(market, trader, event.profit, state.parameters)
        take(market, event, "oi_long oi_short margins house unvested_units fees_due")
    write_trader(owner, trader)


def liquidated(state: State, event: events.PositionLiquidated, moment: Moment) -> None:
    """A keeper or the pool's resolver ended it."""
    row = _edit(state, event.market_id, event.owner, event.nonce)
    owner = edit_trader(state, event.market_id, event.owner)
    trader = trader_of(owner)
    row.state = LIQUIDATED
    with ledger(state, event.market_id, moment.time) as market:
        take_out(market, position_of(row))
        _share(market, trader, event, state.parameters)
        take(market, event, "oi_long oi_short margins house fund unvested_units profit_index bad_debt deficit_counter")
    write_trader(owner, trader)


def _share(market: Market, trader: Trader, event: events.PositionLiquidated, parameters: Parameters) -> None:
    if not event.deficit:
        principal = min(event.to_trader, event.margin)
        trader.claimable += principal
        market.claimable += principal
        add(market, trader, event.to_trader - principal, parameters)
        return
    if event.deficit > event.fund_paid:
        market.margin_counter += event.margin
        market.fund_counter += event.fund_paid
    socialise(market, event.excess, event.excess, parameters)


def _edit(state: State, market_id: Pubkey, owner: Pubkey, nonce: int) -> PerpPosition:
    return state.edit(PerpPosition, state.at.market(market_id).perp_position(owner, nonce))


REDUCERS = {
    events.PositionOpened: opened,
    events.MarginAdded: margin_added,
    events.PositionClosed: closed,
    events.PositionLiquidated: liquidated,
}
