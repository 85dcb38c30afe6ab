"""Health, status and totals."""

from litestar import Response

from offchain.api.answers import answer
from offchain.api.bodies import service
from offchain.api.handlers.given import Asked, Context
from offchain.api.handlers.read import read
from offchain.api.reading import reading
from offchain.api.schemas.service import Health, Status, Totals


@read("/v1/health", "getHealth", "Health", "service")
def get_health(
    request: Asked,
    context: Context,
) -> Response[Health]:
    """Whether the database answers; for load balancers."""
    with reading(context) as view:
        return answer(request, service.health(view))


@read("/v1/status", "getStatus", "Status", "service")
def get_status(
    request: Asked,
    context: Context,
) -> Response[Status]:
    """Chain, index, prices and keepers, and how old each is."""
    with reading(context) as view:
        return answer(request, service.status(view))


@read("/v1/totals", "getTotals", "Totals", "service")
def get_totals(
    request: Asked,
    context: Context,
) -> Response[Totals]:
    """Everything added up over all markets."""
    with reading(context) as view:
        return answer(request, service.totals(view))


ROUTES = [get_health, get_status, get_totals]
