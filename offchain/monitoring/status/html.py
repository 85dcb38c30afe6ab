"""HTML by functions: every text is escaped, nothing is inline."""

from collections.abc import Iterable
from html import escape


class Html(str):
    """Markup that is safe already."""

    __slots__ = ()


def tag(name: str, *children: str, **attributes: str) -> Html:
    """An element; `class_` is `class`, underscores in other names are hyphens."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value, quote=True)}"' for key, value in attributes.items()
    )
    return Html(f"<{name}{written}>{joined(children)}</{name}>")


def joined(children: Iterable[str]) -> Html:
    """Several pieces, texts among them escaped."""
    return Html("".join(child if isinstance(child, Html) else escape(child) for child in children))


def table(caption: str, heads: Iterable[str], rows: Iterable[Iterable[str]], empty: str) -> Html:
    """A table whose rows become cards on a narrow screen; without rows a sentence."""
    heads = list(heads)
    body = [
        tag("tr", *(tag("td", cell, data_label=head) for head, cell in zip(heads, row, strict=True))) for row in rows
    ]
    if not body:
        return tag("section", tag("h2", caption), tag("p", empty))
    head = tag("thead", tag("tr", *(tag("th", text, scope="col") for text in heads)))
    grid = tag("table", head, tag("tbody", *body))
    return tag("section", tag("h2", caption), grid)
