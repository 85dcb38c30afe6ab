"""Prices and candles."""

from typing import Annotated

from litestar import Response
from litestar.params import QueryParameter

from offchain.api.answers import answer
from offchain.api.bodies import prices
from offchain.api.handlers.given import Asked, Context, Cursor, From, Limit, To, address_of
from offchain.api.handlers.read import read
from offchain.api.reading import reading
from offchain.api.schemas.prices import AcceptedPage, Candles, Prices
from offchain.prices.candles import Interval


@read("/v1/prices", "listPrices", "Prices", "trading")
def list_prices(
    request: Asked,
    context: Context,
) -> Response[Prices]:
    """The newest price of every pair as captured, and the state of each source."""
    with reading(context) as view:
        return answer(request, prices.prices(view))


@read("/v1/candles", "listCandles", "Candles", "trading", 404)
def list_candles(
    request: Asked,
    context: Context,
    pair: Annotated[str, QueryParameter(max_length=40, description="Such as BTC/USD")],
    interval: Annotated[Interval, QueryParameter(description="Length of a candle")] = "1h",
    since: From = None,
    until: To = None,
) -> Response[Candles]:
    """Candles without gaps, oldest first; the last 200 where no time is named, at most 5 000."""
    with reading(context) as view:
        return answer(request, prices.candles(view, pair, interval, since, until))


@read("/v1/feed-prices", "listFeedPrices", "Prices on chain", "trading")
def list_accepted(
    request: Asked,
    context: Context,
    feed: Annotated[str | None, QueryParameter(max_length=64, description="Only of this feed account, base58")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response[AcceptedPage]:
    """Prices that feeds on chain accepted, newest first."""
    with reading(context) as view:
        return answer(request, prices.accepted(view, address_of(feed, "feed"), limit, cursor))


ROUTES = [list_prices, list_candles, list_accepted]
