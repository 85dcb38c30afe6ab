"""Nobody keeps the markets: somebody does by hand what is due, and is paid for it."""

import pytest
from playwright.sync_api import Page, expect

from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.demo_market.accounts import PerpPosition
from offchain.chain.generated.risk_engine.accounts import RiskScore
from tests.support.browser import Screen
from tests.support.raw.claims import records
from tests.support.raw.node import account, accounts
from tests.support.standing import WITHOUT_KEEPER, Standing, at
from tests.support.theatre import market_id
from tests.support.visitor import SLOW_MS, crank, jobs, take_test_money, values


@pytest.fixture(scope="module")
def roles() -> str:
    """Everything but a keeper."""
    return WITHOUT_KEEPER


@pytest.fixture(scope="module", autouse=True)
def crash(place: Standing) -> None:
    """The price has fallen, nobody has done anything about it, and who trades all the same has traded."""
    place.jump(place.calendar.epoch() + 1)
    place.flow_until(
        lambda: place.has_acted() and "resolution" in _due(place, "BTC-20X"), "positions beyond bankruptcy"
    )


def _due(place: Standing, market: str) -> list[str]:
    return [job["duty"] for job in place.served.get(f"/v1/markets/{market}/cranks")["items"]]


def _open(visitor: Screen, market: str) -> str:
    """The jobs of a market for a wallet with SOL; returns its address."""
    page = visitor.go("/keepers")
    wallet = visitor.connect()
    take_test_money(page)
    page.get_by_role("combobox", name="Market").select_option(label=market)
    return wallet


def _crank(place: Standing, page: Page, wallet: str, duty: str) -> tuple[int, int]:
    """Do the first job of this duty; (atoms, lamports) that it brought and cost on the chain, as the page had said."""
    rows = jobs(page, duty)
    rows.first.wait_for(timeout=SLOW_MS)
    due = rows.count()
    promised = values(rows.first)
    usdc, lamports = place.usdc(wallet), place.lamports(wallet)
    crank(page, duty)
    expect(rows).to_have_count(due - 1, timeout=SLOW_MS)
    earned, spent = place.usdc(wallet) - usdc, lamports - place.lamports(wallet)
    assert [earned, spent] == promised
    return earned, spent


def _open_positions(place: Standing, market: str) -> int:
    found = accounts(place.rpc, LOCALNET.demo_market, PerpPosition).values()
    return sum(each.state == 1 and each.market == market_id(market) for each in found)


def test_a_position_beyond_bankruptcy_is_closed_and_claimed(place: Standing, visitor: Screen) -> None:
    """It pays bounty and executor's fee, and leaves a claim in the cranker's name."""
    wallet, before = _open(visitor, "BTC-20X"), _open_positions(place, "BTC-20X")
    earned, _ = _crank(place, visitor.page, wallet, "resolution")
    assert _open_positions(place, "BTC-20X") == before - 1
    (claim,) = [record for record in records(place.rpc).values() if str(record.executor) == wallet]
    assert earned > claim.executor_fee > 0


def test_a_score_pays_nothing_and_is_due_once_an_epoch(place: Standing, visitor: Screen) -> None:
    """Others live on it; the page shows what it costs before, and that it is done after."""
    page, wallet, epoch = visitor.page, _open(visitor, "BTC-PERP"), place.calendar.epoch()
    score = at("BTC-PERP").score
    assert account(place.rpc, RiskScore, score).epoch == epoch - 1
    earned, spent = _crank(place, page, wallet, "score")
    assert earned == 0 < spent
    assert account(place.rpc, RiskScore, score).epoch == epoch
    expect(jobs(page, "score")).to_have_count(0)


def test_what_an_epoch_has_overtaken_is_offered_anew_with_one_click(place: Standing, visitor: Screen) -> None:
    """The wallet would sign what is not due any more: nothing is sent, and the new epoch's score is a click away."""
    visitor.allowed.append("409")
    page, score = visitor.page, at("BTC-PERP").score
    place.jump(place.calendar.epoch() + 1)
    wallet = _open(visitor, "BTC-PERP")
    place.flow_until(lambda: "score" in _due(place, "BTC-PERP"), "a score that is due")
    jobs(page, "score").first.get_by_role("button", name="Do it").click(timeout=SLOW_MS)
    page.get_by_text("Tried on the chain just now").wait_for(timeout=SLOW_MS)
    place.jump(place.calendar.epoch() + 1)
    place.flow_until(lambda: "score" in _due(place, "BTC-PERP"), "the next one")
    lamports = place.lamports(wallet)
    page.get_by_role("button", name="Crank", exact=True).click()
    page.get_by_text("A new epoch has begun since you chose this").wait_for(timeout=SLOW_MS)
    assert place.lamports(wallet) == lamports
    page.get_by_role("button", name="Take the new one").click()
    page.get_by_text("Tried on the chain just now").wait_for(timeout=SLOW_MS)
    page.get_by_role("button", name="Crank", exact=True).click()
    page.get_by_text("Done", exact=True).wait_for(timeout=SLOW_MS)
    assert account(place.rpc, RiskScore, score).epoch == place.calendar.epoch()
