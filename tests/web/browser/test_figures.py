"""Figures on the pages are those of the chain, read by the client and not through the index."""

from base64 import b64decode
from decimal import Decimal
from typing import Any

from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from tests.support.browser import Screen, ask
from tests.support.served import Served

USDC = Decimal(10) ** 6


def _read(app: Served, kind: Any, address: str) -> Any:
    """An account of the chain, without index and API."""
    value = ask(app.document["rpc"], "getAccountInfo", address, {"encoding": "base64", "commitment": "confirmed"})[
        "value"
    ]
    return kind.decode(b64decode(value["data"][0]))


def _cut(atoms: int, places: int) -> str:
    """As the pages show it: cut off, never rounded up."""
    unit = 10 ** (6 - places)
    return f"{Decimal(atoms // unit * unit) / USDC:.{places}f}"


def test_a_receipt_shows_the_record_on_the_chain(app: Served, screen: Screen) -> None:
    address = next(claim["claim"] for claim in app.get("/v1/claims")["items"] if claim["state"] == "paid")
    record = _read(app, ClaimRecord, address)
    screen.go(f"/claims/{address}")
    screen.page.get_by_role("heading", name="Who paid").wait_for()
    shown = screen.text()
    assert record.deficit_amount > 0
    for amount in (record.deficit_amount, record.payout_amount, record.fee):
        assert _cut(amount, 6) in shown
    assert record.deficit_amount != record.payout_amount or "Partly covered" not in shown


def test_a_market_shows_the_chains_price(app: Served, screen: Screen) -> None:
    market = app.get("/v1/markets")["items"][0]["market_id"]
    screen.go(f"/markets/{market}")
    screen.page.get_by_role("heading", name="Open interest, leverage and funding").wait_for()

    def agree() -> bool:
        """The market goes on: chain and page have to agree at one moment."""
        before, shown, after = _read(app, PerpMarket, market), screen.text(), _read(app, PerpMarket, market)
        return bool(before.price == after.price and _cut(after.price, 2) in shown)

    for _ in range(120):
        if agree():
            return
        screen.page.wait_for_timeout(250)
    raise AssertionError("page and chain never showed the same price")
