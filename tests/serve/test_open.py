"""`./scripts/demo --web`: the market is up when the browser comes, and a machine without one is told where to go."""

import sys
from pathlib import Path

import httpx
import pytest

from offchain.settings.paths import ROOT
from offchain.settings.serve import ROLES
from tests.support.patience import PATIENCE, wait_until
from tests.support.served import serving_process

DEMO = (str(ROOT / "scripts" / "demo"), "--web")
FREE = ("--chain-port", "0")


@pytest.fixture
def browser(tmp_path: Path) -> Path:
    """A program that takes an address as a browser does, and writes down what it found there."""
    program = tmp_path / "browser"
    program.write_text(
        f"#!{sys.executable}\nimport sys, pathlib, urllib.request\nhere = pathlib.Path({str(tmp_path)!r})\n"
        "here.joinpath('page').write_bytes(urllib.request.urlopen(sys.argv[1]).read())\n"
        "here.joinpath('opened').write_text(sys.argv[1])\n"
    )
    program.chmod(0o755)
    return program


def test_the_demo_opens_on_a_live_market(tmp_path: Path, browser: Path) -> None:
    opened = tmp_path / "opened"
    with serving_process(tmp_path, *FREE, command=DEMO, BROWSER=f"{browser} %s") as served:
        assert served.document["roles"] == list(ROLES)
        wait_until(opened.exists, "the browser")
        assert opened.read_text() == served.url
        assert (tmp_path / "page").read_text() == httpx.get(served.url, timeout=PATIENCE).text
        assert '<div id="root">' in (tmp_path / "page").read_text()
        served.wait("/v1/markets", lambda body: [int(each["price"]) > 0 for each in body["items"]] == [True, True])
        served.stop()


def test_without_a_browser_it_says_where_to_go(tmp_path: Path) -> None:
    with serving_process(tmp_path, *FREE, command=DEMO, BROWSER="false") as served:
        wait_until(lambda: f"open {served.url} yourself" in served.log.read_text(), "the advice")
        served.stop()
