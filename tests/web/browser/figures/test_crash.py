"""The lists of the market in the crash: positions, claims and keepers, with many rows of each."""

import pytest

from tests.support.browser import Screen
from tests.support.figures.comparison import compare
from tests.support.figures.frozen import Frozen
from tests.support.raw.perps import open_positions
from tests.web.browser.figures.story import test_claims as claims
from tests.web.browser.figures.story import test_keepers as keepers
from tests.web.browser.figures.story import test_positions as positions


@pytest.mark.parametrize("name", ["BTC-PERP", "BTC-20X"])
def test_open_positions(frozen: Frozen, screen: Screen, name: str) -> None:
    market = str(frozen.ledger.markets[name].market_id)
    found = open_positions(frozen.rpc, market)
    assert found
    screen.go("/positions")
    screen.page.get_by_role("combobox", name="Market").select_option(market)
    compare(screen, {**positions.expected(found), "market": name})


def test_claims_and_small_reports(frozen: Frozen, screen: Screen) -> None:
    screen.go("/claims")
    compare(screen, {**claims.claims(frozen), **claims.reports(frozen)})


def test_keepers(frozen: Frozen, screen: Screen) -> None:
    right = keepers.expected(frozen)
    screen.go("/keepers")
    compare(screen, right)
