"""Other wallets of the standard: one that signs, one whose owner refuses, one that is on another cluster."""

import json
from pathlib import Path

import pytest

from tests.support.browser import Screen
from tests.support.served import Served

SCRIPT = Path(__file__).resolve().parents[2] / "support" / "injected_wallet.js"


def _bring(screen: Screen, **options: object) -> None:
    """An extension's wallet, in every page from now on."""
    script = SCRIPT.read_text(encoding="utf-8").replace("OPTIONS", json.dumps(options))
    screen.page.add_init_script(script)


def _open_deposit(screen: Screen, wallet: str) -> None:
    page = screen.go("/markets")
    page.get_by_role("link", name="BTC-PERP").first.click()
    page.get_by_role("link", name="Deposit").click()
    screen.connect(wallet)


def _fill(screen: Screen, amount: str) -> None:
    page = screen.page
    page.get_by_role("button", name="Get test money").click()
    page.get_by_text("Your wallet holds").wait_for()
    page.get_by_label("Amount in USDC").fill(amount)
    page.get_by_text("Tried on the chain just now").wait_for()
    page.get_by_role("button", name="Deposit", exact=True).click()


def test_a_second_wallet_of_the_standard_deposits(app: Served, screen: Screen) -> None:
    _bring(screen, name="Another wallet", chains=["solana:localnet"], rejects=False)
    _open_deposit(screen, "Another wallet")
    _fill(screen, "150")
    screen.page.get_by_text("Done", exact=True).wait_for()


def test_a_refused_signature_loses_nothing_and_can_be_tried_again(app: Served, screen: Screen) -> None:
    _bring(screen, name="Careful wallet", chains=["solana:localnet"], rejects=True)
    _open_deposit(screen, "Careful wallet")
    before = app.get("/v1/totals")["providers"]
    _fill(screen, "150")
    screen.page.get_by_text("User rejected the request.").wait_for()
    assert screen.page.get_by_role("button", name="Deposit", exact=True).is_enabled()
    assert app.get("/v1/totals")["providers"] == before


@pytest.mark.parametrize("chain", ["solana:mainnet", "solana:devnet"])
def test_a_wallet_on_another_cluster_is_told_so(app: Served, screen: Screen, chain: str) -> None:
    _bring(screen, name="Distant wallet", chains=[chain], rejects=False)
    _open_deposit(screen, "Distant wallet")
    screen.page.get_by_text("Your wallet is not on localnet").wait_for()


def test_a_wallet_stays_connected_over_a_reload_until_it_is_left(app: Served, screen: Screen) -> None:
    page = screen.go("/portfolio")
    wallet = screen.connect()
    page.reload()
    button = page.get_by_role("button", name=f"Wallet {wallet}")
    button.click()
    page.get_by_role("menuitem", name="Disconnect").click()
    page.get_by_role("button", name="Connect", exact=True).wait_for()
    page.reload()
    page.get_by_text("Connect a wallet").first.wait_for()
    assert button.count() == 0
