"""Routes that quote, build, try and send transactions."""

from typing import Any

from litestar import Router
from litestar.datastructures import CacheControlHeader
from litestar.types import ControllerRouterHandler

from offchain.api.build.errors import HANDLERS
from offchain.api.build.handlers import cranks, creators, faucet, markets, providers, quotes, relay
from offchain.api.build.limits import spare_the_node

_SHARED: dict[str, Any] = {
    "cache_control": CacheControlHeader(no_store=True),
    "before_request": spare_the_node,
    "exception_handlers": HANDLERS,
    "tags": ["transactions"],
}

ROUTES: list[ControllerRouterHandler] = [
    Router("/v1", route_handlers=[*markets.HANDLERS, faucet.give], **_SHARED),
    Router("/v1/quotes", route_handlers=quotes.HANDLERS, **_SHARED),
    Router("/v1/markets", route_handlers=[cranks.due], **_SHARED),
    Router(
        "/v1/transactions",
        route_handlers=[*providers.HANDLERS, *creators.HANDLERS, cranks.crank, *relay.HANDLERS],
        **_SHARED,
    ),
]
