"""Answers of the server that a test lets through to the page one at a time, in an order of its choice."""

import re
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route

from tests.support.figures.comparison import DRAWN
from tests.support.patience import PATIENCE

HELD = re.compile(r"/v1/|/assets/.*\.js$")
QUIET_FRAMES = 12
"""So many frames without a request, and nobody has asked for anything more."""

Order = Callable[[list[Route]], Route]


def oldest(waiting: list[Route]) -> Route:
    """As asked for."""
    return waiting[0]


def newest(waiting: list[Route]) -> Route:
    """The last one asked for comes first: what stands lower on a page is there before what stands above it."""
    return waiting[-1]


class Held:
    """Has to be laid before the page is opened."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._waiting: list[Route] = []
        self.let: list[str] = []
        """Paths of the answers that went through, in that order."""
        page.route(HELD, lambda route: self._waiting.append(route))

    def let_all(self, order: Order) -> None:
        """Each alone, drawn before the next, until nothing is awaited and the page asks for nothing more."""
        quiet = 0
        deadline = time.monotonic() + PATIENCE
        while quiet < QUIET_FRAMES:
            assert time.monotonic() < deadline, f"still loading: {self._page.inner_text('main')}"
            self._page.evaluate(DRAWN)
            quiet = 0 if self._page.locator(".loading").count() else quiet + 1
            if self._waiting:
                self._let(order(self._waiting))
                quiet = 0

    def _let(self, route: Route) -> None:
        self._waiting.remove(route)
        with self._page.expect_event("requestfinished", lambda request: request == route.request):
            route.continue_()
        self.let.append(urlsplit(route.request.url).path)
