"""Shown figures against expected ones: nothing more, nothing less, nothing else."""

import time
from collections.abc import Collection, Iterator, Mapping

from tests.support.browser import Screen
from tests.support.figures.reading import Reading, read

Expected = Mapping[str, str | tuple[str, ...]]
"""Path -> the text, or the texts of which any will do: for what follows the clock."""
WAIT_SECONDS = 30.0
"""How long a page may take to show everything: answers come one after the other."""
LOOK_MS = 200
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
"""Over when what was known at its beginning is on the page."""


def compare(screen: Screen, expected: Expected, prose: Collection[str] = ()) -> None:
    """Wait until the page shows exactly this; AssertionError with every difference when it never does.

    `prose` excuses texts with digits that are no figures of the chain, word for word.
    """
    found = settle(screen, expected, prose)
    assert not found, f"{screen.page.url}:\n" + "\n".join(found)


def settle(screen: Screen, expected: Expected, prose: Collection[str] = (), seconds: float = WAIT_SECONDS) -> list[str]:
    """As `compare`, but the differences that remained. While the market stands still they don't go away by waiting.

    Figures come from the REST API first and then from live topics: none counts before every topic has told.
    """
    deadline = time.monotonic() + seconds
    while True:
        found = [] if screen.is_live else ["page: live topics have not told yet"]
        screen.page.evaluate(DRAWN)
        found += differences(read(screen.page), expected, prose)
        if not found or time.monotonic() > deadline:
            return found
        screen.page.wait_for_timeout(LOOK_MS)


def differences(reading: Reading, expected: Expected, prose: Collection[str] = ()) -> list[str]:
    """In words, each beginning with what it is about."""
    return [*_page(reading), *_figures(reading, expected), *_prose(reading, prose)]


def _page(reading: Reading) -> Iterator[str]:
    if reading.loading:
        yield "page: still loading"
    if not reading.needed:
        yield "page: no figure at all"
    for path in reading.repeated:
        yield f"{path}: two figures have this name"


def _figures(reading: Reading, expected: Expected) -> Iterator[str]:
    for path, wanted in expected.items():
        texts = (wanted,) if isinstance(wanted, str) else wanted
        if path not in reading.figures:
            yield f"{path}: not on the page, expected {texts[0]!r}"
        elif reading.figures[path] not in texts:
            yield f"{path}: shows {reading.figures[path]!r}, the chain says {texts[0]!r}"
    for path in sorted(reading.needed - expected.keys()):
        yield f"{path}: shows {reading.figures[path]!r}, nothing expected"


def _prose(reading: Reading, prose: Collection[str]) -> Iterator[str]:
    for text in reading.strays:
        if text not in prose:
            yield f"outside of every figure: {text!r}"
    for text in prose:
        if text not in reading.strays:
            yield f"excused, but not on the page: {text!r}"
