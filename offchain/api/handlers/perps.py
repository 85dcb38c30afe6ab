"""Perp positions."""

from typing import Annotated, Literal

from litestar import Response
from litestar.params import QueryParameter

from offchain.api.answers import answer
from offchain.api.bodies import perps
from offchain.api.handlers.given import (
    AddressPath,
    Asked,
    Context,
    Cursor,
    Limit,
    MarketPath,
    Moves,
    Order,
    address_of,
    moves_of,
)
from offchain.api.handlers.read import read
from offchain.api.names import read_address, read_market
from offchain.api.reading import reading
from offchain.api.schemas.kinds import PositionState
from offchain.api.schemas.perps import PerpDetail, PerpPositions


@read("/v1/markets/{market:str}/positions", "listMarketPositions", "Open positions of a market", "trading", 404)
def list_market_perps(
    request: Asked,
    context: Context,
    market: MarketPath,
    sort: Annotated[
        Literal["distance", "health", "notional"], QueryParameter(description="By what they are sorted")
    ] = "distance",
    order: Order = "asc",
    moves: Moves = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response[PerpPositions]:
    """Margin health, distance to liquidation, and the deficit after moves of the price, the most endangered first."""
    with reading(context) as view:
        return answer(
            request,
            perps.of_market(
                view, read_market(context, market), moves_of(moves, perps.MOVES), sort, order == "desc", limit, cursor
            ),
        )


@read("/v1/perp-positions", "listPerpPositions", "Perp positions", "trading")
def list_perps(
    request: Asked,
    context: Context,
    owner: Annotated[str | None, QueryParameter(max_length=64, description="Only of this trader, base58")] = None,
    in_state: Annotated[
        PositionState | Literal["any"], QueryParameter(name="state", description="Only in this state")
    ] = "open",
    moves: Moves = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response[PerpPositions]:
    """Perp positions of every market by address, of one owner where one is named."""
    with reading(context) as view:
        return answer(
            request, perps.page(view, address_of(owner, "owner"), in_state, moves_of(moves, perps.MOVES), limit, cursor)
        )


@read("/v1/perp-positions/{position:str}", "getPerpPosition", "One perp position", "trading", 404)
def get_perp(
    request: Asked,
    context: Context,
    position: AddressPath,
    moves: Moves = None,
) -> Response[PerpDetail]:
    """Margin health, distance to liquidation, and the deficit after moves of the price."""
    with reading(context) as view:
        return answer(request, perps.detail(view, read_address(position, "position"), moves_of(moves, perps.MOVES)))


ROUTES = [list_market_perps, list_perps, get_perp]
