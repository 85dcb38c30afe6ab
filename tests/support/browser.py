"""Chromium, and a page that keeps account of everything that goes wrong on it."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, WebSocket, expect

from scripts.shots.chromium import LAUNCH, chromium
from scripts.shots.errors import ShotError
from tests.support.patience import PATIENCE

__all__ = ["LAUNCH", "Screen", "ask", "find_chromium"]

ABORTED = "net::ERR_ABORTED"
"""A request that the page itself gave up, because the user went on."""
HTTP_ERROR = 400
CONNECTED = re.compile(r"^Wallet \w{32,44}$")
PATIENCE_MS = PATIENCE * 1_000
LOOK_MS = 200

expect.set_options(timeout=PATIENCE_MS)  # its own would be five seconds


def find_chromium() -> str:
    """The system's; the test fails where there is none."""
    try:
        return chromium()
    except ShotError as error:
        pytest.fail(str(error))


def ask(rpc: str, method: str, *params: Any) -> Any:
    """A node, asked directly: Playwright's own event loop leaves no room for an asyncio client."""
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    answer = httpx.post(rpc, json=body, timeout=PATIENCE).json()
    assert "result" in answer, answer
    return answer["result"]


@dataclass
class Screen:
    """One page and its troubles."""

    page: Page
    url: str
    allowed: list[str] = field(default_factory=list)
    """Parts of troubles that the test itself provokes."""
    troubles: list[str] = field(default_factory=list)
    subscribed: int = 0
    """Live topics that the page asked for."""
    told: int = 0
    """Answers to that: snapshots, and refusals."""

    @classmethod
    @contextmanager
    def opened(
        cls,
        browser: Browser,
        url: str,
        width: int = 1280,
        height: int = 900,
        scheme: Literal["light", "dark"] = "light",
    ) -> Iterator["Screen"]:
        """In a profile of its own; fails at the end on any trouble that was not allowed."""
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale="en-GB", timezone_id="UTC"
        )
        context.set_default_timeout(PATIENCE_MS)  # of further tabs, too
        page = context.new_page()
        screen = cls(page, url)
        page.on("console", screen._console)
        page.on("pageerror", lambda error: screen.troubles.append(f"script: {error}"))
        page.on("requestfailed", screen._failed)
        page.on("response", screen._answered)
        page.on("websocket", screen._follow)
        try:
            yield screen
            screen.check()
        finally:
            context.close()

    def check(self) -> None:
        """AssertionError with every trouble that the test did not allow."""
        left = [each for each in self.troubles if not any(part in each for part in self.allowed)]
        assert not left, "\n".join(left)

    def go(self, path: str) -> Page:
        """Open a page of the app."""
        self.page.goto(self.url + path)
        return self.page

    def load(self, path: str) -> Page:
        """Open a page of the app and wait until nothing on it is awaited."""
        self.go(path)
        self.page.wait_for_selector("h1")
        expect(self.page.locator("main .loading")).to_have_count(0)
        return self.page

    def connect(self, wallet: str = "Demo wallet (localnet)") -> str:
        """Connect a wallet; returns its address."""
        self.page.get_by_role("button", name="Connect", exact=True).click()
        self.page.get_by_role("button", name=wallet).click()
        return self.wallet()

    def wallet(self) -> str:
        """The address of the wallet that is connected, as soon as one is: a page finds the last one again by itself."""
        label = self.page.get_by_role("button", name=CONNECTED).get_attribute("aria-label")
        assert label is not None
        return label.removeprefix("Wallet ")

    @property
    def is_live(self) -> bool:
        """Whether the page has heard of every live topic that it asked for, and asked for one at least."""
        return 0 < self.subscribed <= self.told

    def until(self, met: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
        """Wait for a condition; the page goes on meanwhile."""
        deadline = time.monotonic() + seconds
        while not met():
            assert time.monotonic() < deadline, f"{what}: never within {seconds:.0f} s; it says: {self.text()[:1_500]}"
            self.page.wait_for_timeout(LOOK_MS)

    def text(self) -> str:
        """What a person reads, with ordinary spaces."""
        return self.page.inner_text("main").replace("\u202f", "").replace("\u00a0", " ")

    def overflow(self) -> int:
        """Pixels by which the page is wider than the screen."""
        wide: int = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return max(wide, 0)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"console: {message.text}")

    def _follow(self, socket: WebSocket) -> None:
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, frame: str | bytes) -> None:
        self.subscribed += json.loads(frame)["type"] == "subscribe"

    def _received(self, frame: str | bytes) -> None:
        self.told += json.loads(frame)["type"] in ("snapshot", "error")

    def _failed(self, request: Request) -> None:
        if request.failure != ABORTED:
            self.troubles.append(f"request: {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= HTTP_ERROR:
            self.troubles.append(f"answer: {response.status} {response.url}")
