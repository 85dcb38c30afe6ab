"""The running app in a real Chromium: a page that logs an error or misses something it asks for fails its test."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from offchain.settings.paths import ROOT
from offchain.web.bundle import is_current
from tests.support.browser import LAUNCH, Screen, find_chromium
from tests.support.served import Served, serving_process


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file's tests. Its event loop ends with it: while it runs, no other asyncio test could."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=find_chromium(), args=LAUNCH)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app with a running market, in the hours of the crash: it has raced through them until both markets live."""
    assert is_current(ROOT / "web"), "the bundle is not that of web/: run scripts/build_web"
    home = tmp_path_factory.mktemp("web")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with serving_process(
        Path(home),
        "--chain-port",
        "0",
        "--port",
        str(port),
        "--start",
        "2020-03-12T06:00",
        PERCOSEC_STAGE_SLOW_FROM="1584010800",
    ) as served:
        served.wait("/v1/claims", lambda body: any(claim["state"] == "paid" for claim in body["items"]), 180)
        yield served


@pytest.fixture
def screen(browser: Browser, app: Served) -> Iterator[Screen]:
    """A fresh browser profile at desktop width."""
    with Screen.opened(browser, app.url) as opened:
        yield opened


@pytest.fixture
def phone(browser: Browser, app: Served) -> Iterator[Screen]:
    """The same on a narrow phone, in the dark."""
    with Screen.opened(browser, app.url, width=320, height=700, scheme="dark") as opened:
        yield opened
