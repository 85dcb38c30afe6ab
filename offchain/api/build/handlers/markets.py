"""Creating a market."""

from litestar import get, post
from litestar.params import FromPath, JSONBody

from offchain.api.build import checklists, markets
from offchain.api.build.given import Context
from offchain.api.build.schemas.markets import (
    Checklist,
    MarketPlan,
    MarketRequest,
    NewMarketTerms,
    PlannedTransaction,
)
from offchain.api.openapi import problems


@get("/market-terms", operation_id="listMarketTerms", responses=problems(422))
async def terms(context: Context) -> NewMarketTerms:
    """The terms of a new market with bounds, defaults and meaning; the feeds to choose from; what it costs."""
    return await markets.show_terms(context)


@post("/market-plans", operation_id="planMarket", status_code=200, responses=problems(422))
async def plan(context: Context, data: JSONBody[MarketRequest]) -> MarketPlan:
    """What a market takes: its address, terms, cost and transactions in order, with those that are done."""
    return await markets.plan_market(context, data)


@post("/transactions/register-market", operation_id="buildMarketStep", status_code=200, responses=problems(409, 422))
async def register(context: Context, data: JSONBody[MarketRequest]) -> PlannedTransaction:
    """The next transaction of a market's plan: send it, and ask again with the same body until 409 `complete`."""
    return await markets.build_next(context, data)


@get("/markets/{market:str}/checklist", operation_id="getMarketChecklist", responses=problems(404, 422))
async def checklist(context: Context, market: FromPath[str]) -> Checklist:
    """What is missing until a market takes its first trade; read from the chain."""
    return await checklists.show_checklist(context, market)


HANDLERS = [terms, plan, register, checklist]
