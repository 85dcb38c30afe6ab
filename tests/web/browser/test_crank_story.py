"""Anybody cranks by hand: what is due, what it pays, and that the wallet has it afterwards."""

import re

from playwright.sync_api import expect

from tests.support.browser import Screen
from tests.support.served import Served


def test_what_is_due_is_shown_with_what_it_pays(app: Served, screen: Screen) -> None:
    page = screen.go("/keepers")
    page.get_by_role("button", name="Connect", exact=True).click()
    page.get_by_role("button", name="Demo wallet (localnet)").click()
    page.get_by_role("button", name=re.compile(r"^Wallet \w{32,44}$")).wait_for()
    market = app.get("/v1/markets")["items"][0]
    page.get_by_label("Market").select_option(market["market_id"])
    nothing = page.get_by_text("Nothing is due now")
    due = page.get_by_role("table", name="What is due")
    expect(nothing.or_(due).first).to_be_visible()
