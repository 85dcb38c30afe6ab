"""Routes that quote, build, try and send transactions."""

from litestar import Router
from litestar.types import ControllerRouterHandler

from offchain.api.build.errors import HANDLERS
from offchain.api.build.handlers import cranks, creators, markets, providers, quotes, relay

_TAGS = ["transactions"]

ROUTES: list[ControllerRouterHandler] = [
    Router("/v1", route_handlers=markets.HANDLERS, exception_handlers=HANDLERS, tags=_TAGS),
    Router("/v1/quotes", route_handlers=quotes.HANDLERS, exception_handlers=HANDLERS, tags=_TAGS),
    Router("/v1/markets", route_handlers=[cranks.due], exception_handlers=HANDLERS, tags=_TAGS),
    Router(
        "/v1/transactions",
        route_handlers=[*providers.HANDLERS, *creators.HANDLERS, cranks.crank, *relay.HANDLERS],
        exception_handlers=HANDLERS,
        tags=_TAGS,
    ),
]
