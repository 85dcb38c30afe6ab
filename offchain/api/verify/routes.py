"""Routes that recompute claims."""

from litestar.types import ControllerRouterHandler

ROUTES: list[ControllerRouterHandler] = []
