"""Positions of providers."""

from typing import Annotated

from litestar import Response
from litestar.params import QueryParameter

from offchain.api.answers import answer
from offchain.api.bodies import movements, positions
from offchain.api.handlers.given import AddressPath, Asked, Context, Cursor, Limit, OfMarket, address_of, market_of
from offchain.api.handlers.read import read
from offchain.api.names import read_address
from offchain.api.reading import reading
from offchain.api.schemas.positions import History, Portfolio, PositionDetail, Positions


@read("/v1/positions", "listPositions", "Providers' positions", "pools", 404)
def list_positions(
    request: Asked,
    context: Context,
    provider: Annotated[str | None, QueryParameter(max_length=64, description="Only of this provider, base58")] = None,
    market: OfMarket = None,
    holding: Annotated[bool, QueryParameter(description="Only those that hold shares")] = True,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response[Positions]:
    """Positions by address, of one provider or market where one is named, at their live value."""
    with reading(context) as view:
        owner, of = address_of(provider, "provider"), market_of(context, market)
        return answer(request, positions.page(view, owner, of, holding, limit, cursor))


@read("/v1/positions/{position:str}", "getPosition", "One position", "pools", 404)
def get_position(
    request: Asked,
    context: Context,
    position: AddressPath,
) -> Response[PositionDetail]:
    """Live value, dates, open request, earnings net of losses."""
    with reading(context) as view:
        return answer(request, positions.detail(view, read_address(position, "position")))


@read("/v1/providers/{provider:str}", "getPortfolio", "Everything of a provider", "pools")
def get_portfolio(
    request: Asked,
    context: Context,
    provider: AddressPath,
) -> Response[Portfolio]:
    """All positions of one address, with their sums; an address without any gives zeros."""
    with reading(context) as view:
        return answer(request, positions.portfolio(view, read_address(provider, "provider")))


@read("/v1/providers/{provider:str}/history", "listMovements", "What a provider did", "pools", 404)
def list_movements(
    request: Asked,
    context: Context,
    provider: AddressPath,
    market: OfMarket = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response[History]:
    """Deposits, requests, cancellations and withdrawals, newest first."""
    with reading(context) as view:
        owner, of = read_address(provider, "provider"), market_of(context, market)
        return answer(request, movements.history(view, owner, of, limit, cursor))


@read(
    "/v1/providers/{provider:str}/history.csv",
    "exportMovements",
    "What a provider did, as CSV",
    "pools",
    media_type="text/csv",
)
def export_movements(context: Context, provider: AddressPath) -> Response[str]:
    """The newest 10 000 movements as a CSV file with a header; amounts in USDC with all six decimals."""
    owner = read_address(provider, "provider")
    with reading(context) as view:
        text = movements.as_csv(view, owner)
    name = f"percosec-{owner}.csv"
    return Response(
        text, media_type="text/csv; charset=utf-8", headers={"content-disposition": f'attachment; filename="{name}"'}
    )


ROUTES = [list_positions, get_position, get_portfolio, list_movements, export_movements]
