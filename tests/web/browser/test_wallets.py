"""Other wallets of the standard: one that signs, one whose owner refuses, one that is on another cluster."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.browser import Screen
from tests.support.raw.pools import holdings
from tests.support.standing import Standing
from tests.support.visitor import ask_to_deposit, fill_deposit, take_test_money

SCRIPT = Path(__file__).resolve().parents[2] / "support" / "injected_wallet.js"


def _bring(visitor: Screen, **options: object) -> None:
    """An extension's wallet, in every page from now on."""
    script = SCRIPT.read_text(encoding="utf-8").replace("OPTIONS", json.dumps(options))
    visitor.page.add_init_script(script)


def _open_deposit(visitor: Screen, wallet: str) -> str:
    """Returns the wallet's address."""
    page = visitor.go("/markets")
    page.get_by_role("link", name="BTC-PERP").first.click()
    page.get_by_role("link", name="Deposit").click()
    return visitor.connect(wallet)


def test_a_second_wallet_of_the_standard_deposits(place: Standing, visitor: Screen) -> None:
    _bring(visitor, name="Another wallet", chains=["solana:localnet"], rejects=False)
    owner = _open_deposit(visitor, "Another wallet")
    take_test_money(visitor.page)
    fill_deposit(visitor.page, "150")
    (held,) = holdings(place.rpc, owner)
    assert held.position.deposited == 150_000_000


def test_a_refused_signature_loses_nothing_and_can_be_tried_again(place: Standing, visitor: Screen) -> None:
    _bring(visitor, name="Careful wallet", chains=["solana:localnet"], rejects=True)
    owner = _open_deposit(visitor, "Careful wallet")
    take_test_money(visitor.page)
    before = place.lamports(owner), place.usdc(owner)
    ask_to_deposit(visitor.page, "150")
    visitor.page.get_by_text("User rejected the request.").wait_for()
    expect(visitor.page.get_by_role("button", name="Deposit", exact=True)).to_be_enabled()
    assert (place.lamports(owner), place.usdc(owner)) == before and not holdings(place.rpc, owner)


@pytest.mark.parametrize("chain", ["solana:mainnet", "solana:devnet"])
def test_a_wallet_on_another_cluster_is_told_so(visitor: Screen, chain: str) -> None:
    _bring(visitor, name="Distant wallet", chains=[chain], rejects=False)
    _open_deposit(visitor, "Distant wallet")
    visitor.page.get_by_text("Your wallet is not on localnet").wait_for()


def test_a_wallet_stays_connected_over_a_reload_until_it_is_left(visitor: Screen) -> None:
    page = visitor.go("/portfolio")
    wallet = visitor.connect()
    page.reload()
    button = page.get_by_role("button", name=f"Wallet {wallet}")
    button.click()
    page.get_by_role("menuitem", name="Disconnect").click()
    page.get_by_role("button", name="Connect", exact=True).wait_for()
    page.reload()
    page.get_by_text("Connect a wallet").first.wait_for()
    assert button.count() == 0
