"""Small pieces of HTML and SVG. Whatever comes from the database passes `escaped`."""

from collections.abc import Iterable
from html import escape


def escaped(text: object) -> str:
    """For text and for attributes."""
    return escape(str(text), quote=True)


def element(name: str, inner: str = "", **attributes: object) -> str:
    """`inner` is markup already; attributes are escaped, `class_` is class, `_` in names is `-`, None is none."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{inner}</{name}>"


def joined(parts: Iterable[str]) -> str:
    """One after the other."""
    return "".join(parts)
