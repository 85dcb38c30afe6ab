"""One figure of each page spoilt on its way to the browser: exactly that one is found.

Live updates are silent here: they would bring the honest figure.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Route

from tests.support.browser import Screen
from tests.support.figures.comparison import Expected, settle
from tests.support.figures.story import Told
from tests.support.figures.watching import open_as
from tests.support.raw.claims import records
from tests.web.browser.figures.story import test_claims as claims
from tests.web.browser.figures.story import test_keepers as keepers
from tests.web.browser.figures.story import test_portfolio as portfolio
from tests.web.browser.figures.story import test_positions as positions
from tests.web.browser.figures.story import test_receipt as receipt
from tests.web.browser.figures.story import test_system as system

MORE = 1_000_000
"""What is added: a USDC, or some days."""


@dataclass(frozen=True)
class Lie:
    """A page, the answer that is spoilt and its field, where it shows, and what the chain says."""

    page: str
    answer: str
    field: str
    shows: str
    right: Callable[[Told], Expected]


def _both(told: Told) -> Expected:
    return {**claims.claims(told), **claims.reports(told)}


LIES = (
    Lie("/positions", "**/v1/markets/*/positions*", "margin", "/margin", positions.page),
    Lie("/claims", "**/v1/claims*", "payout", "/payout", _both),
    Lie("/claims", "**/v1/no-claims*", "unsettled", "/unsettled", _both),
    Lie("/claims/CLAIM", "**/v1/claims/*", "fee", "stat:Fee, deducted from it", lambda told: receipt.expected(told, 3)),
    Lie("/keepers", "**/v1/keepers*", "bounties", "/bounties", keepers.expected),
    Lie("/system", "**/v1/status", "synced_age", "/synced", system.expected),
    Lie("/portfolio", "**/v1/providers/*", "paid_in", "stat:Paid in", lambda told: portfolio.portfolio(told, "new")),
)


def _spoil(body: Any, field: str) -> bool:
    """Add to the first field of this name, from the outside in; False where there is none."""
    if isinstance(body, dict) and body.get(field) is not None:
        body[field] = type(body[field])(int(body[field]) + MORE)
        return True
    inner = body.values() if isinstance(body, dict) else body if isinstance(body, list) else ()
    return any(_spoil(each, field) for each in inner)


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: f"{lie.page.split('/')[1]} {lie.field}")
def test_one_spoilt_figure_is_found_and_nothing_else(told: Told, screen: Screen, lie: Lie) -> None:
    def spoil(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        assert _spoil(body, lie.field)
        route.fulfill(response=answer, body=json.dumps(body))

    screen.page.route_web_socket("**/v1/ws", lambda _socket: None)
    screen.page.route(lie.answer, spoil)
    claim = next(address for address, record in records(told.rpc).items() if record.sequence == receipt.PARTIAL)
    open_as(screen, lie.page.replace("CLAIM", claim), told.people["new"].key)

    def is_the_lie(found: list[str]) -> bool:
        path, _, what = found[0].partition(": shows ") if len(found) == 1 else ("", "", "")
        return path.endswith(lie.shows) and "the chain says" in what

    found = settle(screen, lie.right(told), wanted=is_the_lie, is_live=False)
    assert is_the_lie(found), found
