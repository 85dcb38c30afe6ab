"""`/metrics`, `/status` and `/v1/alerts`."""

from collections.abc import Sequence
from pathlib import Path

from litestar import Response, get
from litestar.enums import MediaType
from litestar.types import ControllerRouterHandler

from offchain.api.answers import answer
from offchain.api.cursors import read_cursor, write_cursor
from offchain.api.handlers.given import Asked, Context, Cursor, Limit
from offchain.api.handlers.read import IN_THREAD, read
from offchain.api.reading import View, reading
from offchain.monitoring.alerts.store import active_alerts
from offchain.monitoring.facts.facts import gather
from offchain.monitoring.metrics import all as metrics
from offchain.monitoring.metrics.metric import CONTENT_TYPE
from offchain.monitoring.metrics.process import Requests
from offchain.monitoring.status import bodies
from offchain.monitoring.status.page import status_page
from offchain.monitoring.status.schemas import Alerts

REQUESTS = Requests()
"""Of this process; `offchain.monitoring.plugin` counts into it."""
STYLE = Path(__file__).parent / "status" / "status.css"
SHOWN = 20
"""Cleared alerts on the status page."""
_LIST = "alerts"


@get("/metrics", sync_to_thread=IN_THREAD, include_in_schema=False)
def get_metrics(context: Context) -> Response[str]:
    """For Prometheus."""
    facts = gather(context)
    with context.database.reading() as session:
        alerts = list(active_alerts(session).values())
    text = metrics.page(facts, alerts, REQUESTS, context.settings.monitoring.silent_seconds)
    return Response(text, media_type=CONTENT_TYPE, headers={"cache-control": "no-store"})


@get("/status", sync_to_thread=IN_THREAD, include_in_schema=False)
def get_status_page(context: Context) -> Response[str]:
    """For people."""
    facts = gather(context)
    with reading(context) as view:
        standing, jobs = bodies.standing(view), bodies.jobs(view)
        past = [row for row in bodies.past(view, SHOWN + len(standing), None) if row.cleared_ms][:SHOWN]
    text = status_page(facts, standing, past, jobs, context.settings.cluster)
    return Response(text, media_type=MediaType.HTML, headers={"cache-control": "no-store"})


@get("/status.css", sync_to_thread=False, include_in_schema=False)
def get_style() -> Response[bytes]:
    """Of the status page; another file would not fit the policy of our own origin alone."""
    return Response(_STYLE_TEXT, media_type="text/css; charset=utf-8", headers={"cache-control": "max-age=3600"})


@read("/v1/alerts", "listAlerts", "Alerts", "service")
def list_alerts(request: Asked, context: Context, limit: Limit = 50, cursor: Cursor = None) -> Response[Alerts]:
    """Alerts of the monitoring, newest first; `cleared_ms` is null while one stands."""
    with reading(context) as view:
        return answer(request, _alerts(view, limit, cursor))


def _alerts(view: View, limit: int, cursor: str | None) -> Alerts:
    before = read_cursor(cursor, tuple[int], _LIST)[0] if cursor is not None else None
    rows = bodies.past(view, limit + 1, before)
    more = len(rows) > limit
    rows = rows[:limit]
    return Alerts(as_of_slot=view.slot, items=rows, next=write_cursor((rows[-1].id,), _LIST) if more else None)


_STYLE_TEXT = STYLE.read_bytes()
OPERATIONS: Sequence[ControllerRouterHandler] = [get_metrics, get_status_page, get_style]
"""What every process answers, also one without the role `api`."""
ALERTS: Sequence[ControllerRouterHandler] = [list_alerts]
"""Part of the API and its document."""
ROUTES: Sequence[ControllerRouterHandler] = [*OPERATIONS, *ALERTS]
