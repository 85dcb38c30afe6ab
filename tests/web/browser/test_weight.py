"""What a first visit costs: bytes over the wire, too small targets, foreign requests."""

from urllib.parse import urlsplit

import pytest

from tests.support.browser import Screen
from tests.support.served import Served
from tests.web.browser.addresses import addresses
from tests.web.browser.wire import DIRECT_IS_HERE

FIRST_LOAD = 250_000
LEAST_TARGET = 24
"""Pixels, the least of WCAG 2.2."""
SMALL = """least => [...document.querySelectorAll("a, button, input, select")]
  .filter(each => each.checkVisibility() && !each.classList.contains("skip"))
  .filter(each => getComputedStyle(each).display !== "inline")
  .map(each => [each.outerHTML.slice(0, 120), each.getBoundingClientRect()])
  .filter(([, box]) => box.width < least || box.height < least)
  .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""


@pytest.mark.parametrize("path", ["/", "/markets"])
def test_a_first_load_is_light_and_of_one_origin(app: Served, screen: Screen, path: str) -> None:
    answers = []
    screen.page.on("requestfinished", lambda request: answers.append(request))
    screen.go(path)
    screen.page.wait_for_selector("h1")
    screen.until(lambda: screen.page.evaluate(DIRECT_IS_HERE), "what it fetches last")
    files = [
        each for each in answers if urlsplit(each.url).path.startswith("/assets/") or each.resource_type == "document"
    ]
    assert len(files) >= 3, "document, script and style"
    weight = sum(each.sizes()["responseBodySize"] for each in files)
    assert 20_000 < weight < FIRST_LOAD, f"{weight} bytes compressed"
    foreign = {each.url for each in answers if not each.url.startswith((screen.url, "data:"))}
    assert not foreign
    assert screen.page.context.cookies() == []


def test_targets_are_large_enough_for_a_thumb(app: Served, phone: Screen) -> None:
    small = {}
    for path in addresses(app):
        phone.load(path)
        small[path] = phone.page.evaluate(SMALL, LEAST_TARGET)
    assert not any(small.values()), small
