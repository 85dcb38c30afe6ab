"""A browser that goes to pages and takes them at every width and in every colour scheme."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Error, Page, expect, sync_playwright

from scripts.shots.chromium import LAUNCH, chromium
from scripts.shots.errors import ShotError
from scripts.shots.places import Place

Scheme = Literal["light", "dark"]
SIZES = {1280: 900, 390: 844}
"""Width and height in pixels: a laptop and a phone."""
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WAIT_MILLISECONDS = 60_000
TRIES = 8
WALLET = "Demo wallet (localnet)"
DEPOSIT = "2500"
"""USDC that the demo wallet puts in."""
DRAWN = """() => [...document.querySelectorAll('.chart')]
  .every(box => box.querySelector('canvas')) && document.fonts.status === 'loaded'"""
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 250))))"


@dataclass
class Camera:
    """One browser profile: its wallet stays connected from page to page."""

    page: Page
    url: str

    def deposit(self, path: str) -> None:
        """Connect the demo wallet and put test money into the pool of that deposit page; ShotError when it can't."""
        self.go(path)
        page = self.page
        try:
            page.get_by_role("button", name="Connect", exact=True).click()
            page.get_by_role("button", name=WALLET).click()
            page.get_by_role("button", name="Get test money").click()
            page.get_by_text(re.compile("Your wallet holds 10")).wait_for()
            self._sign()
        except Error as error:
            raise ShotError(f"the deposit did not work: {page.inner_text('main')}") from error

    def go(self, path: str) -> None:
        """Open a page and wait until nothing on it loads; ShotError names the page that does not settle."""
        try:
            self.page.goto(self.url + path)
            self.page.wait_for_selector("h1")
            self._wait()
        except (Error, AssertionError) as error:
            raise ShotError(f"{path} does not settle: {error}") from error

    def everything(self, place: Place, folder: Path) -> Iterator[Path]:
        """The page in full, at each width and scheme."""
        for width in SIZES:
            for scheme in SCHEMES:
                path = folder / f"{place.name}-{width}-{scheme}.png"
                path.write_bytes(self.take(place, width, scheme, is_whole=True))
                yield path

    def take(self, place: Place, width: int, scheme: Scheme, is_whole: bool) -> bytes:
        """A PNG of a page as somebody finds it who opens it on such a screen: all of it, or what fits."""
        self.page.set_viewport_size({"width": width, "height": SIZES[width]})
        self.page.emulate_media(color_scheme=scheme)
        self.go(place.path)
        if place.name == "deposit":
            self._amount()
        self.page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
        self.page.evaluate(FRAMES)
        return self.page.screenshot(full_page=is_whole, animations="disabled")

    def _sign(self) -> None:
        """A deposit names its epoch, and here that lasts seconds: one that came too late is asked for again."""
        done = self.page.get_by_text("Done", exact=True)
        refused = self.page.locator("form").get_by_role("alert").filter(has_not=self.page.get_by_role("checkbox"))
        for _ in range(TRIES):
            self._amount()
            self.page.get_by_role("button", name="Deposit", exact=True).click()
            done.or_(refused).first.wait_for()
            if done.is_visible():
                return
        raise ShotError(f"no deposit landed in {TRIES} tries: {self.page.inner_text('main')}")

    def _amount(self) -> None:
        """Type the amount, and say yes to a deficit that is known: one below the threshold may stand for days."""
        self.page.get_by_label("Amount in USDC").fill(DEPOSIT)
        tried = self.page.get_by_text("Tried on the chain just now")
        choice = self.page.get_by_role("checkbox", name="Deposit all the same")
        tried.or_(choice).first.wait_for()
        if choice.is_visible():
            choice.check()
        tried.wait_for()

    def _wait(self) -> None:
        expect(self.page.locator("main .loading")).to_have_count(0, timeout=WAIT_MILLISECONDS)
        self.page.wait_for_function(DRAWN)


@contextmanager
def camera(url: str) -> Iterator[Camera]:
    """A fresh profile in the system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=LAUNCH, timeout=2 * WAIT_MILLISECONDS)
        context = browser.new_context(locale="en-GB", timezone_id="UTC", device_scale_factor=1)
        page = context.new_page()
        page.set_default_timeout(WAIT_MILLISECONDS)
        try:
            yield Camera(page, url)
        finally:
            browser.close()
