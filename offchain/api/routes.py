"""Every route that reads; builders, verification and live updates have their own."""

from litestar.types import ControllerRouterHandler

from offchain.api.handlers import claims, history, keepers, markets, perps, pools, positions, prices, rules, service

ROUTES: list[ControllerRouterHandler] = [
    *service.ROUTES,
    *markets.ROUTES,
    *pools.ROUTES,
    *positions.ROUTES,
    *perps.ROUTES,
    *claims.ROUTES,
    *keepers.ROUTES,
    *rules.ROUTES,
    *prices.ROUTES,
    *history.ROUTES,
]
"""For Litestar's `route_handlers`."""
