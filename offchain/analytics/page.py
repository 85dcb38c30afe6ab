"""The page: a section for each chart, with its picture, its table, its SQL and its CSV."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from offchain.analytics.analytics import Found
from offchain.analytics.cells import cell
from offchain.analytics.charts import pictures
from offchain.analytics.markup import element, escaped, joined
from offchain.analytics.query import Unit

PERIODS = ((1, "1 day"), (7, "7 days"), (30, "30 days"), (0, "all"))
_NUMBERS = frozenset(Unit) - {Unit.TEXT, Unit.MARKET, Unit.KEY, Unit.DAY}


def page(found: Sequence[Found], days: int, now: int, cluster: str, names: Mapping[str, str]) -> str:
    """The document; `now` is the chain's time, `names` are those of markets."""
    moment = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d %H:%M UTC")
    head = joined(
        (
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            element("title", "PercoSec analytics"),
            # Without one a browser asks for /favicon.ico.
            '<link rel="icon" href="data:,">',
            '<link rel="stylesheet" href="/analytics/style.css">',
        )
    )
    body = joined(
        (
            element(
                "header",
                element("h1", "Analytics")
                + element("p", f"{escaped(cluster)}, chain time {moment}. For the team: nothing here can be changed.")
                + _periods(days),
            ),
            element("main", joined(_section(each, days, names) for each in found)),
        )
    )
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def _periods(days: int) -> str:
    links = [
        element("a", text, href=f"/analytics?days={number}", aria_current="page" if number == days else None)
        for number, text in PERIODS
    ]
    return element("nav", joined(links), aria_label="Period")


def _section(found: Found, days: int, names: Mapping[str, str]) -> str:
    query = found.query
    files = " ".join(
        element("a", text, href=f"/analytics/{query.name}.{ending}?days={days}")
        for ending, text in (("csv", "CSV"), ("sql", "SQL"))
    )
    parts = [element("h2", escaped(query.title)), element("p", escaped(query.about))]
    if found.error:
        parts.append(element("p", escaped(found.error), class_="error", role="status"))
    elif not found.rows:
        parts.append(element("p", "Nothing of this kind has happened in these days.", class_="empty"))
    else:
        parts += [pictures(found, names), _table(found, names)]
    parts.append(element("p", files, class_="files"))
    return element("section", joined(parts), id=query.name)


def _table(found: Found, names: Mapping[str, str]) -> str:
    columns = found.query.columns
    heads = joined(
        element("th", escaped(name.replace("_", " ")), scope="col", class_=_kind(unit))
        for name, unit in columns.items()
    )
    lines = joined(
        element(
            "tr",
            joined(
                element("td", escaped(cell(unit, row[name], names)), class_=_kind(unit), title=_whole(unit, row[name]))
                for name, unit in columns.items()
            ),
        )
        for row in found.rows
    )
    table = element("table", element("thead", element("tr", heads)) + element("tbody", lines))
    rows = f"{len(found.rows)} row{'s' if len(found.rows) != 1 else ''}"
    scroll = element("div", table, class_="scroll", tabindex=0, role="region", aria_label=f"{found.query.title}: table")
    return element("details", element("summary", rows) + scroll)


def _kind(unit: Unit) -> str | None:
    return "number" if unit in _NUMBERS else None


def _whole(unit: Unit, value: object) -> str | None:
    """What was cut for the eye."""
    return str(value) if unit in (Unit.MARKET, Unit.KEY) else None
