"""Markets and their risk."""

from collections.abc import Callable
from typing import Annotated, Literal

from litestar import Response
from litestar.params import QueryParameter

from offchain import words
from offchain.api.answers import answer
from offchain.api.bodies import markets, risk
from offchain.api.handlers.given import Asked, Context, Cursor, Limit, MarketPath, Order
from offchain.api.handlers.read import read
from offchain.api.keys import sorted_page
from offchain.api.names import read_market
from offchain.api.reading import reading
from offchain.api.schemas.markets import Market, MarketDetail, Markets
from offchain.api.schemas.risk import RiskDetail, ScoreHistoryPage

Sort = Literal[
    "name", "price", "grade", "score", "utilisation", "pool_size", "premium_rate", "net_apy", "open_interest", "claim"
]


@read("/v1/markets", "listMarkets", "Markets", "markets")
def list_markets(
    request: Asked,
    context: Context,
    q: Annotated[
        str | None, QueryParameter(max_length=64, description="Only those whose name, pair or id contain it")
    ] = None,
    grade: Annotated[words.Grade | None, QueryParameter(description="Only those of this grade")] = None,
    restricted: Annotated[bool | None, QueryParameter(description="Only those that are restricted, or are not")] = None,
    sort: Annotated[Sort, QueryParameter(description="By what they are sorted; `claim`: by the last payment")] = "name",
    order: Order = "asc",
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response[Markets]:
    """Every registered market with what an insurer looks at first; sorted and searched here, live as of the slot."""
    with_rest = sort in ("claim", "net_apy")
    with reading(context) as view:
        found = [
            one
            for one in markets.every_market(view, None, with_rest)
            if _fits(one, q) and grade in (None, one.grade) and restricted in (None, one.restricted)
        ]
        value = _KEYS[sort]
        name = f"markets {q} {grade} {restricted} {sort}"
        items, following = sorted_page(
            found, lambda one: (value(one), one.market_id), order == "desc", limit, cursor, name
        )
        if not with_rest:
            markets.add_rest(view, items)
        return answer(request, Markets(as_of_slot=view.slot, items=items, next=following))


@read("/v1/markets/{market:str}", "getMarket", "One market", "markets", 404)
def get_market(request: Asked, context: Context, market: MarketPath) -> Response[MarketDetail]:
    """Price, funding, open interest, leverage distribution, feed, terms, and what restricts it."""
    with reading(context) as view:
        return answer(request, markets.detail(view, read_market(context, market)))


@read("/v1/markets/{market:str}/risk", "getRisk", "Risk of a market", "markets", 404)
def get_risk(request: Asked, context: Context, market: MarketPath) -> Response[RiskDetail]:
    """The last score with its four factors, weights and raw values, the overlay, and what would change the grade."""
    with reading(context) as view:
        return answer(request, risk.detail(view, read_market(context, market)))


@read("/v1/markets/{market:str}/risk/history", "listScores", "Scores of a market", "markets", 404)
def list_scores(
    request: Asked,
    context: Context,
    market: MarketPath,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response[ScoreHistoryPage]:
    """Every score that was ever made, with everything that went into it, newest first."""
    with reading(context) as view:
        return answer(request, risk.history(view, read_market(context, market), limit, cursor))


def _fits(one: Market, text: str | None) -> bool:
    if text is None:
        return True
    wanted = text.lower()
    return any(wanted in (part or "").lower() for part in (one.name, one.pair, one.market_id))


def _yield(one: Market) -> int:
    """Unknown yields count as less than every known one."""
    known = one.net_apy is not None and one.net_apy.apy_e6 is not None
    return one.net_apy.apy_e6 if known and one.net_apy and one.net_apy.apy_e6 is not None else -(1 << 60)


_KEYS: dict[Sort, Callable[[Market], int | str]] = {
    "name": lambda one: (one.name or "~").lower(),
    "price": lambda one: int(one.price),
    "grade": lambda one: words.GRADES.index(one.grade),
    "score": lambda one: -1 if one.score is None else one.score,
    "utilisation": lambda one: one.utilisation_bps,
    "pool_size": lambda one: int(one.pool_size),
    "premium_rate": lambda one: one.premium_rate_bps,
    "net_apy": _yield,
    "open_interest": lambda one: int(one.open_interest),
    "claim": lambda one: (one.last_claim.paid_at or 0) if one.last_claim else -1,
}
"""What a market is sorted by."""


ROUTES = [list_markets, get_market, get_risk, list_scores]
