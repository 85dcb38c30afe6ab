"""Claims and what was no claim."""

from typing import Annotated

from litestar import Response
from litestar.params import QueryParameter

from offchain.api.answers import answer
from offchain.api.bodies import claims, receipts
from offchain.api.handlers.given import AddressPath, Asked, Context, Cursor, Limit, OfMarket, market_of
from offchain.api.handlers.read import read
from offchain.api.names import read_address
from offchain.api.reading import reading
from offchain.api.schemas.claims import Claims, NoClaims, Receipt


@read("/v1/claims", "listClaims", "Claims", "claims", 404)
def list_claims(
    request: Asked,
    context: Context,
    market: OfMarket = None,
    partial: Annotated[
        bool | None, QueryParameter(description="Only those that the pool could not pay whole, or could")
    ] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response[Claims]:
    """Claims with their tiers, the last opened first."""
    with reading(context) as view:
        return answer(request, claims.page(view, market_of(context, market), partial, limit, cursor))


@read("/v1/claims/{claim:str}", "getClaim", "The receipt of a claim", "claims", 404)
def get_claim(
    request: Asked,
    context: Context,
    claim: AddressPath,
) -> Response[Receipt]:
    """Cause, tiers, amounts and transactions of one claim."""
    with reading(context) as view:
        return answer(request, receipts.receipt(view, read_address(claim, "claim")))


@read("/v1/no-claims", "listNoClaims", "What was no claim", "claims", 404)
def list_no_claims(
    request: Asked,
    context: Context,
    market: OfMarket = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response[NoClaims]:
    """Deficits at or below the threshold, newest first: they wait and add up."""
    with reading(context) as view:
        return answer(request, claims.no_claims(view, market_of(context, market), limit, cursor))


ROUTES = [list_claims, get_claim, list_no_claims]
