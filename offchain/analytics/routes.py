"""`/analytics`: HTML without scripts, one style sheet, CSV and SQL of each chart."""

from pathlib import Path
from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from offchain.analytics.analytics import Analytics
from offchain.analytics.catalogue import QUERIES
from offchain.analytics.files import csv_of, sql_of
from offchain.analytics.page import page
from offchain.api.handlers.given import Context
from offchain.api.names import named_markets
from offchain.api.problems import not_found

STYLE = Path(__file__).with_name("style.css")
DEFAULT_DAYS = 7
MOST_DAYS = 3_650
_FRESH = {"cache-control": "no-store"}

Asked = NamedDependency[Analytics]
Days = Annotated[int, QueryParameter(ge=0, le=MOST_DAYS, description="How many days back; 0 for all")]


@get("/analytics", sync_to_thread=True, include_in_schema=False)
def show(context: Context, analytics: Asked, days: Days = DEFAULT_DAYS) -> Response[str]:
    """The page."""
    found = [analytics.ask(query, days) for query in QUERIES.values()]
    names = {key: market.name for key, market in named_markets(context).items()}
    document = page(found, days, context.now(), context.settings.cluster, names)
    return Response(document, media_type="text/html", headers=_FRESH)


@get("/analytics/style.css", sync_to_thread=False, include_in_schema=False)
def style() -> Response[str]:
    """The style sheet."""
    return Response(STYLE.read_text(encoding="utf-8"), media_type="text/css", headers={"cache-control": "no-cache"})


@get("/analytics/{file:str}", sync_to_thread=True, include_in_schema=False)
def download(file: FromPath[str], analytics: Asked, days: Days = DEFAULT_DAYS) -> Response[str]:
    """NAME.csv or NAME.sql of a chart."""
    name, _, ending = file.rpartition(".")
    query = QUERIES.get(name)
    if query is None or ending not in ("csv", "sql"):
        raise not_found(f"{file[:60]!r} is no file of this page: /analytics links those there are")
    found = analytics.ask(query, days)
    text = csv_of(found) if ending == "csv" else sql_of(found, analytics, days)
    kind = "text/csv" if ending == "csv" else "text/plain"
    headers = {**_FRESH, "content-disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(text, media_type=kind, headers=headers)


ROUTES: list[ControllerRouterHandler] = [show, style, download]
