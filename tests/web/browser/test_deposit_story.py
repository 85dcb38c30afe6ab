"""Somebody who has never been here: takes the demo wallet, deposits, sees the position, asks to leave, thinks again.

On a market that stands still: a deposit names its epoch, and where one lasts seconds a slow browser would miss it.
"""

import re
from base64 import b64decode

import httpx

from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.insurance_pool.accounts import ProviderPosition
from tests.support.browser import Screen, ask
from tests.support.patience import PATIENCE, wait_until
from tests.support.served import Served
from tests.support.standing import Standing
from tests.support.visitor import SLOW_MS, expect_figure, fill_deposit, take_test_money


def _positions(place: Standing, provider: str) -> list[ProviderPosition]:
    """From the chain itself."""
    options = {
        "encoding": "base64",
        "commitment": "confirmed",
        "filters": [{"memcmp": {"offset": 8, "bytes": provider}}],
    }
    found = ask(place.rpc, "getProgramAccounts", str(LOCALNET.insurance_pool), options)
    accounts = [b64decode(each["account"]["data"][0]) for each in found]
    return [ProviderPosition.decode(data) for data in accounts if data.startswith(ProviderPosition.discriminator)]


def test_deposit_see_it_ask_to_leave_and_think_again(place: Standing, visitor: Screen) -> None:
    page = visitor.go("/markets")
    page.get_by_role("link", name="BTC-PERP").first.click()
    page.get_by_role("link", name="Deposit").click()
    page.get_by_text("You can lose all of it").wait_for()
    provider = visitor.connect()
    page.get_by_role("button", name="Get test money").click()
    page.get_by_text(re.compile(r"Your wallet holds 10\s000\.00 test USDC")).wait_for()
    fill_deposit(page, "2500")
    (held,) = _positions(place, provider)
    assert held.deposited_amount == 2_500_000_000

    page.get_by_role("link", name="Portfolio").click()
    page.get_by_role("cell", name="BTC-PERP").wait_for()
    expect_figure(page, "Paid in", 2_500_000_000)
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_text("Saved by waiting").wait_for()
    page.get_by_role("button", name="Request the withdrawal").click()
    page.get_by_role("button", name="Take the request back").wait_for()
    (asked,) = _positions(place, provider)
    assert asked.requested_shares == held.shares
    page.get_by_role("button", name="Take the request back").click()
    page.get_by_role("button", name="Request the withdrawal").wait_for()
    (again,) = _positions(place, provider)
    assert again.requested_shares == 0
    exported = f"{place.served.url}/v1/providers/{provider}/history.csv"
    wait_until(lambda: httpx.get(exported, timeout=PATIENCE).text.count("\n") >= 4, "head, deposit, request and return")


def test_a_receipt_is_recomputed(app: Served, screen: Screen) -> None:
    claim = next(claim["claim"] for claim in app.get("/v1/claims")["items"] if claim["state"] == "paid")
    page = screen.go(f"/claims/{claim}")
    page.get_by_role("button", name="Verify this claim").click()
    page.get_by_text("Every amount agrees to the atom").wait_for(timeout=SLOW_MS)


def test_a_server_that_lies_is_found_out_before_the_wallet_is_asked(visitor: Screen) -> None:
    """The built transaction deposits one atom more than the page shows."""
    page = visitor.go("/markets")
    page.get_by_role("link", name="BTC-PERP").first.click()
    page.get_by_role("link", name="Deposit").click()
    visitor.connect()
    take_test_money(page)

    def lie(route: object, request: object) -> None:
        body = request.post_data_json  # type: ignore[attr-defined]
        honest = route.fetch(post_data={**body, "amount": str(int(body["amount"]) + 1)})  # type: ignore[attr-defined]
        route.fulfill(response=honest)  # type: ignore[attr-defined]

    page.route("**/v1/transactions/deposit", lie)
    page.get_by_label("Amount in USDC").fill("100")
    page.get_by_text("Tried on the chain just now").wait_for()
    page.get_by_role("button", name="Deposit", exact=True).click()
    page.get_by_text("Not signed: the transaction is not what you were shown").wait_for()
    assert "amount is 100000001 instead of 100000000" in visitor.text()
