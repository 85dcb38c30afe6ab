"""Anybody cranks by hand: what is due, what it pays, and that the wallet has it afterwards."""

from playwright.sync_api import expect

from tests.support.browser import Screen
from tests.support.served import Served


def test_what_is_due_is_shown_with_what_it_pays(app: Served, screen: Screen) -> None:
    page = screen.go("/keepers")
    screen.connect()
    market = app.get("/v1/markets")["items"][0]
    page.get_by_label("Market").select_option(market["market_id"])
    nothing = page.get_by_text("Nothing is due now")
    due = page.get_by_role("table", name="What is due")
    expect(nothing.or_(due).first).to_be_visible()
