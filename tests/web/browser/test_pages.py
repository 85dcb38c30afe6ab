"""Every page at desktop and phone width: it opens, it fits, it has one heading, and axe finds nothing."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from offchain.settings.paths import ROOT
from tests.support.browser import Screen
from tests.support.served import Served
from tests.web.browser.addresses import TITLES, addresses

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"

CROWDED = """() => [...document.querySelectorAll(".stat")]
  .filter(each => each.scrollWidth > each.clientWidth)
  .map(each => each.innerText)"""
"""Figures that are wider than their place, so that they stand on their neighbours."""


def _violations(screen: Screen) -> list[str]:
    screen.page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    found = screen.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert found["passes"], "axe looked at nothing"
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:160]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_every_page_opens_fits_and_is_accessible(app: Served, screen: Screen, phone: Screen, size: str) -> None:
    used = screen if size == "desktop" else phone
    for path in addresses(app):
        used.load(path)
        headings = used.page.locator("h1").all_inner_texts()
        assert len(headings) == 1, path
        assert headings[0].startswith(TITLES.get(path, headings[0])), path
        assert used.overflow() == 0, path
        assert not used.page.evaluate(CROWDED), path
        assert not _violations(used), path


def test_a_table_that_is_wider_than_its_place_scrolls_by_keyboard(app: Served, screen: Screen) -> None:
    """Between a phone, where rows are cards, and a wide screen: what overflows has the focus, at any width."""
    scrolled = 0
    for path in addresses(app):
        screen.page.set_viewport_size({"width": 800, "height": 900})
        screen.load(path)
        assert not _violations(screen), path
        for box in screen.page.locator(".table-box").all():
            if not _can_be_reached(screen, box):
                continue
            scrolled += 1
            box.focus()
            box.press("ArrowRight")
            expect(box).not_to_have_js_property("scrollLeft", 0)
        screen.page.set_viewport_size({"width": 1600, "height": 900})
        for box in screen.page.locator(".table-box").all():
            _can_be_reached(screen, box)
    assert scrolled


def _can_be_reached(screen: Screen, box: Locator) -> bool:
    """Whether a table overflows; by Tab it can be reached then, and only then. Its figures go on meanwhile."""
    agrees = "box => box.tabIndex === (box.scrollWidth > box.clientWidth ? 0 : -1)"
    screen.until(lambda: box.evaluate(agrees), "a table that can be reached if it overflows")
    reached: bool = box.evaluate("box => box.tabIndex === 0")
    return reached


def test_an_unknown_page_says_so(screen: Screen) -> None:
    screen.allowed.append("404")
    assert screen.page.goto(screen.url + "/nothing") is not None
    screen.go("/markets")
    screen.page.evaluate("history.pushState({}, '', '/markets/x/y/z'); dispatchEvent(new PopStateEvent('popstate'))")
    screen.page.get_by_role("heading", name="There is no such page").wait_for()
