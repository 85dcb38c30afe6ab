"""`scripts/screenshots` against the running app: pictures of the promised widths, small ones for the README."""

import struct
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from offchain.settings.paths import ROOT
from scripts.shots.camera import SCHEMES, SIZES
from scripts.shots.chromium import LAUNCH, chromium
from scripts.shots.readme import MOST_BYTES, webp
from tests.support.browser import PATIENCE_MS
from tests.support.served import Served


def _size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_pages_are_taken_at_every_width_and_scheme(app: Served, tmp_path: Path) -> None:
    script = [sys.executable, str(ROOT / "scripts" / "screenshots"), str(tmp_path), "--url", app.url]
    done = subprocess.run(
        [*script, "--page", "portfolio", "--page", "claims"], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    taken = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    expected = {(name, width, scheme) for name in ("portfolio", "claims") for width in SIZES for scheme in SCHEMES}
    assert set(taken) == {f"{name}-{width}-{scheme}.png" for name, width, scheme in expected}
    for name, width, scheme in expected:
        found = _size(taken[f"{name}-{width}-{scheme}.png"])
        assert found[0] == width and found[1] >= SIZES[width]
    assert taken["portfolio-1280-light.png"] != taken["portfolio-1280-dark.png"]


def test_a_picture_becomes_small() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=LAUNCH, timeout=2 * PATIENCE_MS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_content("<h1>Anything</h1>")
        content = webp(browser, page.screenshot())
        browser.close()
    assert content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    assert 500 < len(content) < MOST_BYTES
