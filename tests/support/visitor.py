"""What people do again and again on the pages, and how a figure of a page is found."""

from playwright.sync_api import Locator, Page, expect

from offchain.plain_words.duties import DUTIES
from tests.support.browser import PATIENCE_MS, Screen

SLOW_MS = 2 * PATIENCE_MS
"""For what a page shows after something has happened on the chain."""


def deposit(visitor: Screen, market: str, usdc: str) -> str:
    """Whole test USDC into a market's pool, from the page of all markets on; returns the demo wallet's address."""
    page = visitor.go("/markets")
    page.get_by_role("link", name=market).first.click()
    page.get_by_role("link", name="Deposit").click()
    wallet = visitor.connect()
    take_test_money(page)
    fill_deposit(page, usdc)
    return wallet


def ask_to_deposit(page: Page, usdc: str) -> None:
    """The form of a deposit, until the wallet is asked."""
    page.get_by_label("Amount in USDC").fill(usdc)
    page.get_by_text("Tried on the chain just now").wait_for(timeout=SLOW_MS)
    page.get_by_role("button", name="Deposit", exact=True).click()


def fill_deposit(page: Page, usdc: str) -> None:
    """The form of a deposit, to its confirmation."""
    ask_to_deposit(page, usdc)
    page.get_by_text("Done", exact=True).wait_for(timeout=SLOW_MS)


def take_test_money(page: Page) -> None:
    """SOL and 10 000 test USDC for the connected wallet."""
    page.get_by_role("button", name="Get test money").click()
    page.get_by_text("Your wallet holds").wait_for()


def jobs(page: Page, duty: str) -> Locator:
    """What is due of a duty in the market that is chosen, one row each."""
    table = page.get_by_role("table", name="What is due")
    return table.get_by_role("row").filter(has=page.get_by_role("cell", name=DUTIES[duty], exact=True))


def crank(page: Page, duty: str) -> None:
    """Do the first job of a duty, to its confirmation."""
    jobs(page, duty).first.get_by_role("button", name="Do it").click(timeout=SLOW_MS)
    page.get_by_text("Tried on the chain just now").wait_for(timeout=SLOW_MS)
    page.get_by_role("button", name="Crank", exact=True).click()
    page.get_by_text("Done", exact=True).wait_for(timeout=SLOW_MS)


def line(part: Locator, name: str) -> Locator:
    """The line of a list of figures that begins with this name."""
    return part.locator("dl > div").filter(has=part.page.locator("dt", has_text=name))


def values(part: Locator) -> list[int]:
    """Every amount (atoms) and ratio (basis points) in a part of a page, to the last digit."""
    return [int(value) for value in part.locator("data").evaluate_all("found => found.map(each => each.value)")]


def expect_figure(page: Page, name: str, value: int) -> None:
    """Sooner or later the page's only figure of this name is exactly this."""
    figure = line(page.get_by_role("main"), name).locator("data")
    expect(figure).to_have_attribute("value", str(value), timeout=SLOW_MS)
