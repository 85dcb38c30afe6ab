"""Markets and their risk."""

from collections.abc import Callable
from typing import Annotated, Literal

from litestar import Response
from litestar.params import QueryParameter

from offchain import words
from offchain.api.answers import answer
from offchain.api.bodies import markets, risk
from offchain.api.bodies.lines import Line, add_rest, load_lines
from offchain.api.handlers.given import Asked, Context, Cursor, Limit, MarketPath, Order
from offchain.api.handlers.read import read
from offchain.api.keys import sorted_page
from offchain.api.names import read_market
from offchain.api.reading import reading
from offchain.api.schemas.markets import MarketDetail, Markets
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
    with reading(context) as view:
        lines = load_lines(view)
        if sort in _OF_REST:
            add_rest(view, lines)
        found = [
            one
            for one in lines
            if (q is None or _fits(one, q.lower()))
            and (grade is None or grade == one.grade)
            and (restricted is None or restricted == (one.reasons != 0))
        ]
        value = _KEYS[sort]
        name = f"markets {q} {grade} {restricted} {sort}"
        shown, following = sorted_page(
            found, lambda one: (value(one), one.market_id), order == "desc", limit, cursor, name
        )
        if sort not in _OF_REST:
            add_rest(view, shown)
        items = [one.document() for one in shown]
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


def _fits(one: Line, wanted: str) -> bool:
    names = (one.named.name, one.named.pair) if one.named else ()
    return any(wanted in part.lower() for part in (*names, one.market_id))


def _yield(one: Line) -> int:
    """Unknown yields count as less than every known one."""
    known = one.net_apy is not None and one.net_apy.apy_e6 is not None
    return one.net_apy.apy_e6 if known and one.net_apy and one.net_apy.apy_e6 is not None else -(1 << 60)


_OF_REST = ("claim", "net_apy")
_KEYS: dict[Sort, Callable[[Line], int | str]] = {
    "name": lambda one: (one.named.name if one.named else "~").lower(),
    "price": lambda one: one.rows.perp.price,
    "grade": lambda one: words.GRADES.index(one.grade),
    "score": lambda one: -1 if one.score is None else one.score,
    "utilisation": lambda one: one.pool.utilisation_bps,
    "pool_size": lambda one: one.pool.nav,
    "premium_rate": lambda one: one.rows.premium.rate_bps,
    "net_apy": _yield,
    "open_interest": lambda one: max(one.sides),
    "claim": lambda one: (one.last_claim.paid_at or 0) if one.last_claim else -1,
}
"""What a market is sorted by."""


ROUTES = [list_markets, get_market, get_risk, list_scores]
