"""While a page loads nothing on it moves, in whatever order the answers come."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.support.browser import Screen
from tests.support.figures.story import Told
from tests.support.figures.watching import open_as
from tests.support.served import Served
from tests.web.browser.addresses import addresses
from tests.web.browser.held import Held, Order, newest, oldest

GOOD = 0.1
"""What browsers call a good layout shift, cumulated."""
OURS = GOOD / 4
"""What is left of it to chance: rounding of heights, a line that breaks elsewhere."""
SHIFTS = """() => new Promise(done => {
  const found = [];
  const word = ({ node, previousRect, currentRect }) =>
    `${node?.nodeName} ${node?.textContent.slice(0, 40)}: y ${previousRect.y} -> ${currentRect.y}`;
  const add = shift => {
    if (!shift.hadRecentInput) found.push([shift.value, shift.sources.map(word)]);
  };
  new PerformanceObserver(list => list.getEntries().forEach(add)).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(found)));
})"""
"""Each by itself: its size, and what moved from where to where."""
AT_ONCE = """
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(":is(.stack, .card) > * { display: block !important }");
  document.adoptedStyleSheets.push(sheet);
"""
"""Shows what stands below before what stands above is there."""
OWNED = ("/portfolio", "/create")
"""What these show belongs to a wallet."""


@pytest.fixture(scope="module")
def app(told: Told) -> Served:
    """Nothing moves by itself: the market stands at the end of its story."""
    return told.served


def _shifts(page: Page, address: str, order: Order) -> list[list[Any]]:
    held = Held(page)
    page.goto(address, wait_until="commit")
    held.let_all(order)
    assert any(path.startswith("/v1/") for path in held.let), "the page asked for nothing"
    shifts: list[list[Any]] = page.evaluate(SHIFTS)
    return shifts


def _sum(shifts: list[list[Any]]) -> float:
    return sum(size for size, _ in shifts)


@pytest.mark.parametrize("order", [oldest, newest])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_nothing_jumps_while_a_page_loads(app: Served, screen: Screen, phone: Screen, size: str, order: Order) -> None:
    used = screen if size == "desktop" else phone
    jumped = {}
    for path in addresses(app):
        page = used.page.context.new_page()
        shifts = _shifts(page, used.url + path, order)
        if _sum(shifts) >= OURS:
            jumped[path] = shifts
        page.close()
    assert not jumped


@pytest.mark.parametrize("path", OWNED)
def test_nor_on_what_a_wallet_owns(told: Told, phone: Screen, path: str) -> None:
    open_as(phone, "/", told.people["half out"].key)
    shifts = _shifts(phone.page, phone.url + path, newest)
    phone.wallet()
    assert _sum(shifts) < OURS, shifts


def test_what_jumps_is_seen(app: Served, phone: Screen) -> None:
    phone.page.add_init_script(AT_ONCE)
    shifts = _shifts(phone.page, phone.url + "/claims", newest)
    assert _sum(shifts) > GOOD
