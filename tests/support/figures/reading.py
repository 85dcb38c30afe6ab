"""The figures that a page shows now, by name."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

COLLECT = (Path(__file__).parent / "collect.js").read_text()


@dataclass(frozen=True)
class Reading:
    """One look at a page."""

    figures: dict[str, str]
    """Path -> text as seen or heard, spaces made plain."""
    needed: frozenset[str]
    """Paths that need an expectation: with a digit, or with a component for values."""
    strays: tuple[str, ...]
    """Numbers and values outside of every named figure, once each."""
    repeated: tuple[str, ...]
    """Paths that the page uses twice."""
    loading: bool
    """Something has not arrived yet."""


def read(page: Page) -> Reading:
    """What `main` shows."""
    found = page.evaluate(COLLECT)
    paths = [each["path"] for each in found["figures"]]
    return Reading(
        figures={each["path"]: each["text"] for each in found["figures"]},
        needed=frozenset(each["path"] for each in found["figures"] if each["must"]),
        strays=tuple(dict.fromkeys(found["strays"])),
        repeated=tuple(sorted({path for path in paths if paths.count(path) > 1})),
        loading=found["loading"] > 0,
    )
