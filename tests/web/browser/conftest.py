"""The running app in a real Chromium: a page that logs an error or misses something it asks for fails its test."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from offchain.demo.window import read_time
from offchain.localnet.ports import free_block
from offchain.settings.paths import ROOT
from offchain.web.bundle import is_current
from tests.support.browser import LAUNCH, PATIENCE_MS, Screen, find_chromium
from tests.support.figures.story import Told, serving_story
from tests.support.served import Served, serving_process
from tests.support.standing import Standing

STILL = ("--chain-port", "0", "--speed", "0", "--start", "2020-03-12T06:00")
BEFORE_THE_CRASH = read_time("2020-03-12T10:15")
"""The last quarter of an hour of the recording before the price falls."""
STAGE = {"PERCOSEC_STAGE_SLOW_FROM": str(BEFORE_THE_CRASH)}
RACE_SECONDS = 600.0
"""For the hours before; they take half a minute, on a busy machine several."""
LINGER_SECONDS = 600
"""So long a server goes on with the topics of a page whose line was cut: a slow page finds them all the same."""


def serving_app(home: Path, port: int) -> AbstractContextManager[Served]:
    """The app on a port, with the chain of its home or a new one."""
    return serving_process(
        *(home, "--chain-port", "0", "--port", str(port), "--start", "2020-03-12T06:00"),
        PERCOSEC_STAGE_SLOW_FROM="1584010800",
        PERCOSEC_LIVE_LINGER_SECONDS=str(LINGER_SECONDS),
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file's tests. Its event loop ends with it: while it runs, no other asyncio test could."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=find_chromium(), args=LAUNCH, timeout=2 * PATIENCE_MS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app with a running market, in the hours of the crash: it has raced through them until both markets live."""
    assert is_current(ROOT / "web"), "the bundle is not that of web/: run scripts/build_web"
    home = tmp_path_factory.mktemp("web")
    with serving_app(home, free_block(1)) as served:
        served.wait("/v1/claims", lambda body: any(claim["state"] == "paid" for claim in body["items"]), RACE_SECONDS)
        yield served


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """The app over a market at the end of its story, and the chain under it."""
    assert is_current(ROOT / "web"), "the bundle is not that of web/: run scripts/build_web"
    with serving_story(Path(tmp_path_factory.mktemp("story"))) as served:
        yield served


@pytest.fixture(scope="session")
def before_the_crash(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose market was played until its last quarter of an hour before the crash, and stopped."""
    assert is_current(ROOT / "web"), "the bundle is not that of web/: run scripts/build_web"
    home = tmp_path_factory.mktemp("before") / "home"
    home.mkdir()
    with serving_process(home, *STILL, **STAGE) as served:
        place = Standing(served)
        served.wait("/v1/status", lambda _: place.now() >= BEFORE_THE_CRASH and place.is_at_rest(), RACE_SECONDS)
        served.stop()
    return home


@pytest.fixture(scope="module")
def home(before_the_crash: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One's own copy of it."""
    return shutil.copytree(before_the_crash, tmp_path_factory.mktemp("still") / "home")


@pytest.fixture(scope="module")
def roles() -> str:
    """What the app does in a file's stories; without naming anything it does everything."""
    return ""


@pytest.fixture(scope="module")
def place(home: Path, roles: str) -> Iterator[Standing]:
    """The app on a market that stands before the crash until the test moves its clock."""
    named = ("--roles", roles) if roles else ()
    with serving_process(home, *STILL, *named, **STAGE) as served:
        yield Standing(served)


@pytest.fixture
def visitor(browser: Browser, place: Standing) -> Iterator[Screen]:
    """A fresh browser profile on the standing market."""
    with Screen.opened(browser, place.served.url) as opened:
        yield opened


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
