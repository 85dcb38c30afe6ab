"""From rows to a picture."""

from collections.abc import Mapping, Sequence
from typing import Any

from offchain.analytics.analytics import Found
from offchain.analytics.bars import Bar, Group, columns_chart, legend, rows_chart
from offchain.analytics.cells import cell
from offchain.analytics.markup import element, escaped, joined
from offchain.analytics.query import Query, Unit

MOST_GROUPS = 12
"""Rows that are drawn from left to right; the table has all."""
MOST_DAYS = 92
LABEL_CHARACTERS = 70


def pictures(found: Found, names: Mapping[str, str]) -> str:
    """The chart of a query, or one for each market; empty where there is nothing to draw."""
    query, draw = found.query, found.query.draw
    if not found.rows:
        return ""
    parts = [legend([each.replace("_", " ") for each in draw.series])]
    if not draw.split:
        return joined([*parts, _picture(query, found.rows, query.title, names)])
    for key in dict.fromkeys(row[draw.split] for row in found.rows):
        shown = cell(Unit.MARKET, key, names)
        own = [row for row in found.rows if row[draw.split] == key]
        parts += [element("h3", escaped(shown)), _picture(query, own, f"{query.title}: {shown}", names)]
    return joined(parts)


def _picture(query: Query, rows: Sequence[Mapping[str, Any]], title: str, names: Mapping[str, str]) -> str:
    if query.draw.over_time:
        return columns_chart([_group(query, row, names) for row in _every_day(query, rows)[-MOST_DAYS:]], title)
    return rows_chart([_group(query, row, names) for row in rows[:MOST_GROUPS]], title)


def _every_day(query: Query, rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Days without a row are days on which nothing happened: they are drawn empty."""
    day = query.draw.label[0]
    known = {row[day]: row for row in rows}
    empty = dict.fromkeys(query.draw.series, 0)
    return [known.get(each, {day: each, **empty}) for each in range(min(known), max(known) + 1)]


def _group(query: Query, row: Mapping[str, Any], names: Mapping[str, str]) -> Group:
    columns = query.columns
    label = " · ".join(text for name in query.draw.label if (text := cell(columns[name], row[name], names)))
    bars = [
        Bar(number, int(row[name] or 0), f"{name.replace('_', ' ')} {cell(columns[name], row[name], names)}")
        for number, name in enumerate(query.draw.series)
    ]
    return Group(label if len(label) <= LABEL_CHARACTERS else f"{label[:LABEL_CHARACTERS]}…", bars)
