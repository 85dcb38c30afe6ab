"""Shown figures against expected ones: nothing more, nothing less, nothing else."""

import operator
import time
from collections.abc import Callable, Collection, Iterator, Mapping

from tests.support.browser import LOOK_MS, Screen
from tests.support.figures.reading import Reading, read
from tests.support.patience import PATIENCE

Expected = Mapping[str, str | tuple[str, ...]]
"""Path -> the text, or the texts of which any will do: for what follows the clock."""
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
"""Over when what was known at its beginning is on the page."""


def compare(screen: Screen, expected: Expected, prose: Collection[str] = ()) -> None:
    """Wait until the page shows exactly this; AssertionError with every difference when it never does.

    `prose` excuses texts with digits that are no figures of the chain, word for word.
    """
    found = settle(screen, expected, prose)
    assert not found, f"{screen.page.url}:\n" + "\n".join(found)


def settle(
    screen: Screen,
    expected: Expected,
    prose: Collection[str] = (),
    wanted: Callable[[list[str]], bool] = operator.not_,
    is_live: bool = True,
) -> list[str]:
    """As `compare`, but the differences as soon as they are as `wanted` (none), or those of the last look.

    Figures come from the REST API first and then from live topics: none counts before every topic has told, unless the
    test silences them.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        found = [] if screen.is_live or not is_live else ["page: live topics have not told yet"]
        screen.page.evaluate(DRAWN)
        found += differences(read(screen.page), expected, prose)
        if wanted(found) or time.monotonic() > deadline:
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
