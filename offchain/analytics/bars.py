"""Bar charts as SVG. Places are percentages and pixels, so that text keeps its size on a phone; colours are classes."""

from collections.abc import Sequence
from dataclasses import dataclass

from offchain.analytics.markup import element, escaped, joined

LABEL_HEIGHT = 18
VALUE_HEIGHT = 16
BAR_HEIGHT = 10
GAP = 8
COLUMN_HEIGHT = 150
MOST_LABELS = 4
"""Dates below columns."""
FULL = 100


@dataclass(frozen=True)
class Bar:
    """One value of a group."""

    series: int
    value: int
    shown: str
    """For people, with its unit."""


@dataclass(frozen=True)
class Group:
    """The bars of one row."""

    label: str
    bars: Sequence[Bar]


def rows_chart(groups: Sequence[Group], title: str) -> str:
    """Bars from left to right, label and values above each group."""
    most = _most(groups)
    parts, top = [], 0
    for group in groups:
        parts.append(_text(group.label, "0", top + 13, "label"))
        told = ", ".join(bar.shown for bar in group.bars)
        parts.append(_text(told, "0", top + LABEL_HEIGHT + 11, "axis"))
        top += LABEL_HEIGHT + VALUE_HEIGHT
        for bar in group.bars:
            width = _percent(abs(bar.value), most)
            parts.append(_rect(bar, group.label, "0", top, width, BAR_HEIGHT))
            top += BAR_HEIGHT + 2
        top += GAP
    return _svg(parts, top, title)


def columns_chart(groups: Sequence[Group], title: str) -> str:
    """Columns from left to right in time, the largest value above them."""
    most = _most(groups)
    largest = max((bar for group in groups for bar in group.bars), key=lambda bar: abs(bar.value))
    share = FULL / len(groups)
    parts = [_text(f"at most {largest.shown}", "0", 12, "axis")]
    for place, group in enumerate(groups):
        width = share * 0.8 / len(group.bars)
        for number, bar in enumerate(group.bars):
            height = max(1, abs(bar.value) * COLUMN_HEIGHT // most) if bar.value else 0
            left = f"{place * share + share * 0.1 + number * width:.2f}%"
            top = LABEL_HEIGHT + COLUMN_HEIGHT - height
            parts.append(_rect(bar, group.label, left, top, f"{width:.2f}%", height))
    bottom = LABEL_HEIGHT + COLUMN_HEIGHT + 16
    for place in _labelled(len(groups)):
        at, anchor = _beside(place, len(groups))
        parts.append(_text(groups[place].label, f"{at:.2f}%", bottom, "axis", anchor))
    return _svg(parts, bottom + 6, title)


def legend(names: Sequence[str]) -> str:
    """Which colour is which series."""
    items = [element("li", escaped(name), class_=f"s{number}") for number, name in enumerate(names)]
    return element("ul", joined(items), class_="legend")


def _labelled(count: int) -> list[int]:
    """Which groups have their label written: the first, the last and some between."""
    if count <= MOST_LABELS:
        return list(range(count))
    return sorted({round(part * (count - 1) / (MOST_LABELS - 1)) for part in range(MOST_LABELS)})


def _beside(place: int, count: int) -> tuple[float, str]:
    """Where a column's label stands and how: those at the ends stay inside."""
    if count > MOST_LABELS and place == 0:
        return 0.0, "start"
    if count > MOST_LABELS and place == count - 1:
        return float(FULL), "end"
    return (place + 0.5) * FULL / count, "middle"


def _most(groups: Sequence[Group]) -> int:
    return max((abs(bar.value) for group in groups for bar in group.bars), default=0) or 1


def _percent(value: int, most: int) -> str:
    return f"{value * FULL / most:.2f}%"


def _rect(bar: Bar, label: str, x: str, y: int, width: str, height: int) -> str:
    below = " below" if bar.value < 0 else ""
    told = element("title", escaped(f"{label}: {bar.shown}"))
    return element("rect", told, class_=f"s{bar.series}{below}", x=x, y=y, width=width, height=height)


def _text(text: str, x: str, y: int, kind: str, anchor: str | None = None) -> str:
    return element("text", escaped(text), class_=kind, x=x, y=y, text_anchor=anchor)


def _svg(parts: Sequence[str], height: int, title: str) -> str:
    return element("svg", joined(parts), role="img", aria_label=title, width="100%", height=height)
