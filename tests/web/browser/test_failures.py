"""The server, the node or the network is gone: the page says so, keeps what it has, and reads the chain directly."""

import re

from tests.support.browser import Screen
from tests.support.served import Served
from tests.web.browser.wire import DIRECT_IS_HERE, Wire

SERVER = re.compile(r"/v1/")


def test_without_the_server_pools_are_read_from_the_node(app: Served, screen: Screen) -> None:
    screen.allowed += ["/v1/", "ERR_FAILED", "WebSocket"]
    wire = Wire(screen.page)
    page = screen.go("/markets")
    page.get_by_role("link", name="BTC-PERP").first.wait_for()
    screen.until(lambda: page.evaluate(DIRECT_IS_HERE), "the page for a silent server")
    pools = {pool["market_id"]: pool["pool"] for pool in app.get("/v1/pools")["items"]}
    page.route(SERVER, lambda route: route.abort())
    wire.cut()
    page.get_by_text("The server does not answer").wait_for()
    assert page.get_by_role("link", name="BTC-PERP").first.is_visible(), "what was there stays"
    page.get_by_role("link", name="Read them there").click()
    page.get_by_role("heading", name="Straight from the chain").wait_for()
    page.get_by_text("At slot").wait_for()
    shown = page.locator("span.mono[title]").evaluate_all("found => found.map(each => each.title)")
    assert set(shown) == set(pools)


def test_without_the_node_the_direct_page_says_what_to_do(app: Served, screen: Screen) -> None:
    node = app.document["rpc"].rstrip("/")
    screen.allowed += [node, "ERR_FAILED"]
    page = screen.go("/system")
    page.get_by_role("heading", name="Price sources").wait_for()
    page.route(re.compile(re.escape(node)), lambda route: route.abort())
    page.goto(screen.url + "/direct")
    page.get_by_role("button", name="Try again").wait_for()


def test_offline_is_said_at_once(app: Served, screen: Screen) -> None:
    screen.allowed += ["/v1/", "ERR_INTERNET_DISCONNECTED", "WebSocket"]
    page = screen.go("/markets")
    page.get_by_role("link", name="BTC-PERP").first.wait_for()
    page.context.set_offline(True)
    page.get_by_text("You are offline").wait_for()
    page.context.set_offline(False)
    page.get_by_text("You are offline").wait_for(state="detached")
