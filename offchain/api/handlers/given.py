"""Parameters that several routes share."""

from typing import Annotated, Any

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter

from offchain.api.context import ApiContext
from offchain.api.names import read_address, read_market
from offchain.api.problems import invalid
from offchain.api.schemas import kinds

Asked = Request[Any, Any, Any]
Context = NamedDependency[ApiContext]
Limit = Annotated[int, QueryParameter(ge=1, le=500, description="Most items on the page")]
Cursor = Annotated[
    str | None, QueryParameter(max_length=400, description="`next` of the page before; the first without it")
]
MarketPath = Annotated[str, PathParameter(max_length=64, description="Name of a market, or its market_id in base58")]
AddressPath = Annotated[str, PathParameter(max_length=64, description="Address in base58")]
OfMarket = Annotated[
    str | None, QueryParameter(name="market", max_length=64, description="Only of this market: name or market_id")
]
From = Annotated[int | None, QueryParameter(name="from", ge=0, le=1 << 40, description="First moment, unix seconds")]
To = Annotated[int | None, QueryParameter(name="to", ge=0, le=1 << 40, description="Last moment, unix seconds")]
Order = Annotated[kinds.Order, QueryParameter(description="asc: the smallest first; desc: the largest first")]
Moves = Annotated[
    str | None,
    QueryParameter(
        max_length=120,
        description="Moves of the price in basis points with commas between, such as -1000,-3000; at most 12",
    ),
]
_MOST_MOVES = 12
_LARGEST = 100_000


def market_of(context: ApiContext, text: str | None) -> str | None:
    """The market_id of a filter."""
    return None if text is None else read_market(context, text)


def address_of(text: str | None, what: str) -> str | None:
    """The address of a filter."""
    return None if text is None else read_address(text, what)


def moves_of(text: str | None, default: tuple[int, ...]) -> tuple[int, ...]:
    """The moves that were asked for; Problem 400."""
    if text is None:
        return default
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > _MOST_MOVES:
        raise invalid(f"moves: at most {_MOST_MOVES} at once")
    found = []
    for part in parts:
        digits = part.removeprefix("-").removeprefix("+")
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 7 or not -10_000 < int(part) <= _LARGEST:
            raise invalid(f"moves: {part[:20]!r} is no move in basis points, give integers above -10000")
        found.append(int(part))
    return tuple(found)
