"""Figures on the pages are those of the chain, read by the client and not through the index."""

from decimal import Decimal
from typing import Any

from solders.pubkey import Pubkey

from offchain.chain.accounts import decode_account
from offchain.chain.addresses import LOCALNET
from offchain.chain.backends.rpc import RpcChain
from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from tests.support.browser import Screen
from tests.support.served import Served

USDC = Decimal(10) ** 6


def _read(app: Served, kind: Any, program: Pubkey, address: Pubkey) -> Any:
    chain = RpcChain.connect(app.document["rpc"])
    try:
        account = chain.account(address)
        assert account is not None
        return decode_account(kind, account, program, address)
    finally:
        chain.close()


def _cut(atoms: int, places: int) -> str:
    """As the pages show it: cut off, never rounded up."""
    unit = 10 ** (6 - places)
    return f"{Decimal(atoms // unit * unit) / USDC:.{places}f}"


def test_a_receipt_shows_the_record_on_the_chain(app: Served, screen: Screen) -> None:
    address = next(claim["claim"] for claim in app.get("/v1/claims")["items"] if claim["state"] == "paid")
    record = _read(app, ClaimRecord, LOCALNET.insolvency_handler, Pubkey.from_string(address))
    screen.go(f"/claims/{address}")
    screen.page.get_by_role("heading", name="Who paid").wait_for()
    shown = screen.text()
    assert record.deficit_amount > 0
    for amount in (record.deficit_amount, record.payout_amount, record.fee):
        assert _cut(amount, 6) in shown
    assert record.deficit_amount != record.payout_amount or "Partly covered" not in shown


def test_a_market_shows_the_chains_open_interest(app: Served, screen: Screen) -> None:
    market = app.get("/v1/markets")["items"][0]["market_id"]
    screen.go(f"/markets/{market}")
    screen.page.get_by_role("heading", name="Open interest, leverage and funding").wait_for()

    def fits() -> bool:
        """The market goes on: chain and page have to agree at one moment."""
        before = _read(app, PerpMarket, LOCALNET.demo_market, Pubkey.from_string(market))
        shown = screen.text()
        after = _read(app, PerpMarket, LOCALNET.demo_market, Pubkey.from_string(market))
        assert (before.open_positions, after.open_positions) >= (0, 0)
        price = _cut(after.price, 2)
        return before.price == after.price and price in shown

    for _ in range(60):
        if fits():
            return
        screen.page.wait_for_timeout(500)
    raise AssertionError("page and chain never showed the same price")
