"""Pools and what they could lose."""

from typing import Annotated, Literal

from litestar import Response
from litestar.params import QueryParameter

from offchain.api.answers import answer
from offchain.api.bodies import pools, scenarios
from offchain.api.handlers.given import Asked, Context, Cursor, From, Limit, MarketPath, Moves, To, moves_of
from offchain.api.handlers.read import read
from offchain.api.keys import sorted_page
from offchain.api.names import read_market
from offchain.api.reading import reading
from offchain.api.schemas.pools import PoolDetail, PoolHistory, Pools, Scenarios, SharePricePage


@read("/v1/pools", "listPools", "Pools", "pools")
def list_pools(
    request: Asked,
    context: Context,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response[Pools]:
    """Every pool, the largest first."""
    with reading(context) as view:
        found = pools.every_pool(view)
        items, following = sorted_page(found, lambda one: (int(one.size), one.market_id), True, limit, cursor, "pools")
        return answer(request, Pools(as_of_slot=view.slot, items=items, next=following))


@read("/v1/pools/{market:str}", "getPool", "One pool", "pools", 404)
def get_pool(
    request: Asked,
    context: Context,
    market: MarketPath,
) -> Response[PoolDetail]:
    """Share price, reserve against requirement, what can be withdrawn now, terms on one card, and realised figures."""
    with reading(context) as view:
        return answer(request, pools.detail(view, read_market(context, market)))


@read("/v1/pools/{market:str}/history", "getPoolHistory", "A pool over time", "pools", 404)
def get_pool_history(
    request: Asked,
    context: Context,
    market: MarketPath,
    step: Annotated[Literal["epoch", "1h", "4h", "1d"], QueryParameter(description="Length of a step")] = "1h",
    since: From = None,
    until: To = None,
) -> Response[PoolHistory]:
    """Share price, size, inflows and losses in equal steps without gaps; `1d` gives the days of a waterfall."""
    with reading(context) as view:
        return answer(request, pools.history(view, read_market(context, market), step, since, until))


@read("/v1/pools/{market:str}/changes", "listPoolChanges", "Changes of a pool", "pools", 404)
def list_pool_changes(
    request: Asked,
    context: Context,
    market: MarketPath,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response[SharePricePage]:
    """Every event that changed the pool, with the exact share price after it, newest first."""
    with reading(context) as view:
        return answer(request, pools.changes(view, read_market(context, market), limit, cursor))


@read("/v1/pools/{market:str}/scenarios", "getScenarios", "Loss scenarios of a pool", "pools", 404)
def get_scenarios(
    request: Asked,
    context: Context,
    market: MarketPath,
    moves: Moves = None,
) -> Response[Scenarios]:
    """What a sudden price would cost the pool now: the recorded crash of March 2020 first, then equal moves."""
    with reading(context) as view:
        return answer(
            request, scenarios.scenarios(view, read_market(context, market), moves_of(moves, scenarios.MOVES))
        )


ROUTES = [list_pools, get_pool, get_pool_history, list_pool_changes, get_scenarios]
