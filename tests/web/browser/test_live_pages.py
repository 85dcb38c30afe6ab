"""Pages follow the chain by live topics: without reload, without asking again, and through a lost line."""

import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, expect
from solders.pubkey import Pubkey

from offchain.chain.generated.demo_market.accounts import PerpMarket
from tests.support.browser import Screen
from tests.support.depositor import Depositor
from tests.support.figures.comparison import DRAWN
from tests.support.figures.watching import open_as
from tests.support.raw.node import account
from tests.support.raw.pools import holdings
from tests.support.served import Served
from tests.support.visitor import SLOW_MS
from tests.web.browser.conftest import serving_app
from tests.web.browser.wire import DIRECT_IS_HERE, Wire

CHANGES_SECONDS = 300.0
"""For what a market has to go on for."""
BANNER = "Live updates are interrupted"
UNIT = 10**6


def _wait_for_topics(screen: Screen) -> None:
    """Until its live topics have told, a page asks again from time to time: no request afterwards is one of those."""
    screen.until(lambda: screen.is_live, "the live topics")


def _requests(page: Page, pattern: str) -> list[str]:
    """Every request of the page to addresses that fit, from now on."""
    found: list[str] = []

    def note(request: Request) -> None:
        if re.search(pattern, request.url):
            found.append(request.url)

    page.on("request", note)
    return found


def _price(app: Served, market: str) -> int:
    return int(account(app.document["rpc"], PerpMarket, market).price)


def _shows(page: Page, atoms: int) -> bool:
    return page.locator(f'main data[value="{atoms}"]').count() > 0


def _worth(page: Page) -> int:
    """Of the portfolio, as its page shows it."""
    stat = page.locator("main .stat").filter(has_text="Worth now").locator("data")
    return int(stat.get_attribute("value") or -1)


def _open_portfolio(screen: Screen, address: str) -> Page:
    """With a wallet whose key is elsewhere."""
    open_as(screen, "/portfolio", Pubkey.from_string(address))
    screen.page.get_by_text("No position yet").wait_for()
    _wait_for_topics(screen)
    return screen.page


def _agrees(app: Served, page: Page, provider: str) -> bool:
    """Page and chain at one moment, before and after which the chain said the same."""
    chain = [sum(held.worth for held in holdings(app.document["rpc"], provider)) for _ in range(2)]
    return chain[0] == chain[1] == _worth(page)


def _markets(app: Served) -> list[str]:
    return [each["market_id"] for each in app.get("/v1/markets")["items"]]


def test_prices_on_the_list_follow_the_chain_without_asking_again(app: Served, screen: Screen) -> None:
    market = _markets(app)[0]
    asked = _requests(screen.page, r"/v1/markets\?")
    page = screen.go("/markets")
    page.evaluate("window.sameDocument = true")
    seen: set[int] = set()

    def shows(count: int) -> bool:
        price = _price(app, market)
        if _shows(page, price):
            seen.add(price)
        return len(seen) >= count

    screen.until(lambda: shows(1), "the chain's price")
    _wait_for_topics(screen)
    assert asked, "nothing was read to begin with"
    asked.clear()
    screen.until(lambda: shows(3), "two other prices of the chain, one after the other", CHANGES_SECONDS)
    assert page.evaluate("window.sameDocument"), "the page was loaded again"
    assert not asked, asked


def test_a_price_chart_goes_back_to_the_first_price_by_pages(app: Served, screen: Screen) -> None:
    """Its first page is made short here, as a market's first days are not two hundred quarters of an hour."""
    market = app.get("/v1/markets")["items"][0]
    candles = f"/v1/candles?pair={quote(market['pair'], safe='')}&interval=15m"
    starts = [each["start"] for each in app.get(candles)["items"]]
    newest = starts[-4]

    def shortened(route: Route) -> None:
        url = route.request.url
        route.continue_(url=url if "to=" in url else f"{url}&from={newest}")

    screen.page.route(re.compile(r"/v1/candles\?"), shortened)
    asked = _requests(screen.page, r"/v1/candles\?.*to=")
    page = screen.go(f"/markets/{market['market_id']}")

    def before() -> list[int]:
        return [int(parse_qs(urlsplit(url).query)["to"][0]) for url in asked]

    screen.until(lambda: len(before()) >= 2, "two pages of older candles")
    page.locator("main .chart").first.hover()
    page.mouse.wheel(0, 500)
    page.mouse.wheel(-500, 0)
    page.evaluate(DRAWN)
    assert before() == [newest, starts[0]], "before the first price there is nothing more to ask for"


@pytest.mark.parametrize(
    ("path", "resource"),
    [
        ("/positions", r"/v1/markets/\w+/positions"),
        ("/markets/{market}", r"/v1/markets/\w+/risk$"),
        ("/system", r"/v1/(status|epochs/current)$"),
    ],
)
def test_pages_change_without_asking_for_the_same_again(app: Served, screen: Screen, path: str, resource: str) -> None:
    asked = _requests(screen.page, resource)
    page = screen.load(path.format(market=_markets(app)[-1]))
    shown: set[str] = set()

    def changed(count: int) -> bool:
        shown.add(page.locator("main").inner_text())
        return len(shown) > count

    screen.until(lambda: changed(1), "another figure", CHANGES_SECONDS)
    _wait_for_topics(screen)
    assert asked, "nothing was read to begin with"
    asked.clear()
    screen.until(lambda: changed(3), "other figures", CHANGES_SECONDS)
    assert not asked, asked


def test_a_deposit_of_another_client_appears_in_the_portfolio(app: Served, screen: Screen) -> None:
    somebody, market = Depositor(app), _markets(app)[0]
    page = _open_portfolio(screen, somebody.address)
    asked = _requests(page, "/v1/providers/")
    somebody.deposit(market, 250 * UNIT)
    page.get_by_role("button", name="Withdraw").wait_for()
    screen.until(lambda: _agrees(app, page, somebody.address), "the worth that the chain says")
    assert _worth(page) > 249 * UNIT
    assert not asked, asked


def test_a_lost_line_is_shown_and_what_was_missed_comes_with_it(app: Served, screen: Screen) -> None:
    screen.allowed += ["WebSocket", "/v1/ws", "/v1/providers/", "ERR_FAILED"]
    wire, somebody = Wire(screen.page), Depositor(app)
    here, there = _markets(app)[:2]
    page = _open_portfolio(screen, somebody.address)
    somebody.deposit(here, 100 * UNIT)
    withdrawals = page.get_by_role("button", name="Withdraw")
    expect(withdrawals).to_have_count(1)

    page.route("**/v1/providers/**", lambda route: route.abort())  # only the line itself can bring it
    wire.cut()
    page.get_by_text(BANNER).wait_for()
    somebody.deposit(there, 70 * UNIT)
    assert withdrawals.count() == 1 and _worth(page) > 0, "what was there stays, and nothing else can have come"
    wire.mend()
    expect(withdrawals).to_have_count(2)
    page.get_by_text(BANNER).wait_for(state="detached")
    topic = f"position:owner={somebody.address}"
    again = [each for each in wire.asked if each.get("owner") == somebody.address and "since" in each]
    answers = [each for each in wire.heard if each["type"] == "subscribed" and each["topic"] == topic]
    assert again and answers[-1]["resumed"], (again, answers)
    screen.until(lambda: _agrees(app, page, somebody.address), "the worth that the chain says")


def test_dropped_slots_are_taken_back_and_said(app: Served, screen: Screen) -> None:
    """A local chain drops none: the page hears a snapshot as the server sends it then, with a price that never was."""
    wire, market = Wire(screen.page), _markets(app)[0]
    page = screen.go(f"/markets/{market}")
    screen.until(lambda: wire.snapshots(f"market:{market}"), "the topic")
    screen.until(lambda: _shows(page, _price(app, market)), "the chain's price")
    topic = f"market:{market}"
    last = [each for each in wire.heard if each.get("topic") == topic and "seq" in each][-1]
    (item,) = wire.snapshots(topic)[-1]["items"].values()
    never = 123_450_000
    wire.say(
        {
            **wire.snapshots(topic)[-1],
            "reason": "rolled_back",
            "seq": last["seq"],
            "as_of_slot": last["as_of_slot"] - 5,
            "items": {market: {**item, "price": str(never)}},
        }
    )
    page.get_by_text("The chain took back its newest blocks").wait_for()
    screen.until(lambda: not _shows(page, never), "the end of a price that never was")
    screen.until(lambda: _shows(page, _price(app, market)), "the chain's price")


def test_after_a_restart_of_the_server_the_page_goes_on_by_itself(app: Served, screen: Screen) -> None:
    """The last one of this file: afterwards the server is another process."""
    screen.allowed += ["WebSocket", "/v1/", "ERR_CONNECTION_REFUSED", "ERR_EMPTY_RESPONSE", "ERR_CONNECTION_RESET"]
    market = _markets(app)[0]
    page = screen.go("/markets")
    screen.until(lambda: _shows(page, _price(app, market)), "the chain's price")
    page.evaluate("window.sameDocument = true")
    screen.until(lambda: page.evaluate(DIRECT_IS_HERE), "the page for a silent server")
    app.stop()
    page.get_by_text("The server does not answer").wait_for(timeout=SLOW_MS)
    assert page.get_by_role("link", name="BTC-PERP").first.is_visible(), "what was there stays"
    with serving_app(app.log.parent, int(app.url.rpartition(":")[2])) as again:
        page.get_by_text("The server does not answer").wait_for(state="detached", timeout=SLOW_MS)
        page.get_by_text(BANNER).wait_for(state="detached")
        old = _price(again, market)
        screen.until(lambda: _price(again, market) != old, "another price on the chain", CHANGES_SECONDS)
        screen.until(lambda: _shows(page, _price(again, market)), "the chain's price")
        assert page.evaluate("window.sameDocument"), "the page was loaded again"
        page.close()
