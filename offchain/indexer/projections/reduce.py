"""`reduce`: one event's changes to the rows."""

from collections.abc import Callable
from typing import Any

from offchain.chain.events import Event
from offchain.chain.events.generated import insurance_pool, pyth_adapter, risk_engine, switchboard_adapter
from offchain.indexer.projections.errors import ProjectionError
from offchain.indexer.projections.moment import Moment
from offchain.indexer.projections.reducers import (
    claims,
    demo_markets,
    demo_trades,
    pool_capital,
    pool_claims,
    pool_config,
    premiums,
    risk_config,
    risk_feeds,
    risk_inputs,
    risk_markets,
    risk_scores,
)
from offchain.indexer.projections.state import State

Reducer = Callable[[State, Any, Moment], None]

_AREAS: tuple[dict[type[Any], Any], ...] = (
    risk_config.REDUCERS,
    risk_feeds.REDUCERS,
    risk_markets.REDUCERS,
    risk_inputs.REDUCERS,
    risk_scores.REDUCERS,
    premiums.REDUCERS,
    pool_config.REDUCERS,
    pool_capital.REDUCERS,
    pool_claims.REDUCERS,
    claims.REDUCERS,
    demo_markets.REDUCERS,
    demo_trades.REDUCERS,
)

REDUCERS: dict[type[Event], Reducer] = {event: reducer for area in _AREAS for event, reducer in area.items()}
"""Event -> what it changes."""

UNCHANGING: frozenset[type[Event]] = frozenset(
    {
        insurance_pool.OffsetReported,
        insurance_pool.ResolutionForced,
        risk_engine.MarketSynced,
        pyth_adapter.RulesSet,
        switchboard_adapter.RulesSet,
    }
)
"""Events that change no projected row: other events tell what they did, or it concerns the adapters' rules."""


def reduce(state: State, event: Event, moment: Moment) -> None:
    """Change the rows as the event says; ProjectionError where it does not fit what came before."""
    kind = type(event)
    if kind in UNCHANGING:
        return
    reducer = REDUCERS.get(kind)
    if reducer is None:
        raise ProjectionError(f"no projection knows the event {kind.__name__}: update this program")
    reducer(state, event, moment)
