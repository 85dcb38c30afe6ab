"""Somebody has deposited when the price falls: their pool pays claims, and the pages tell what it cost them."""

from playwright.sync_api import Page, expect

from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord, ClaimRegistry
from tests.model.parameters import VIRTUAL
from tests.model.pool.state import Pool
from tests.model.pool.vesting import vest
from tests.support.browser import Screen
from tests.support.raw.claims import PAID, records
from tests.support.raw.node import account
from tests.support.raw.pools import Holding, holdings
from tests.support.standing import Standing, at
from tests.support.theatre import market_id
from tests.support.visitor import SLOW_MS, deposit, expect_figure

MARKET = "BTC-20X"
"""The reckless one: its traders leave deficits."""
PAID_IN = 2_500_000_000
CONFIRMED = 90
"""Seconds into an epoch after which a step in its price has been confirmed."""


def _held(place: Standing, provider: str) -> Holding:
    (held,) = holdings(place.rpc, provider)
    return held


def _worth(pool: Pool, shares: int) -> int:
    """Shares x assets / total shares, both with the one virtual USDC, rounded down."""
    return shares * (pool.available + VIRTUAL) // (pool.total_shares + VIRTUAL)


def _is_over(place: Standing) -> bool:
    """Nothing is left to liquidate, to report or to pay in the market, at a price that is confirmed."""
    market = account(place.rpc, PerpMarket, market_id(MARKET))
    registry = account(place.rpc, ClaimRegistry, at(MARKET).registry)
    states = {claim.state for claim in records(place.rpc).values()}
    is_paid = states == {PAID} and registry.counter == market.deficit_counter
    is_late = place.now() >= place.calendar.start(place.calendar.epoch()) + CONFIRMED
    return is_paid and is_late and not place.served.get(f"/v1/markets/{MARKET}/cranks")["items"]


def _assert_claims_cost_it(before: Holding, after: Holding, claims: list[ClaimRecord]) -> None:
    """What providers paid of the claims left their pool, and nothing else did."""
    assert after.position.shares == before.position.shares
    assert after.pool.total_shares == before.pool.total_shares
    assert after.pool.unsettled == 0
    capital = sum(claim.capital_tier for claim in claims)
    assert capital > 0
    assert vest(before.pool, after.epoch).available - capital == after.pool.available
    shares = after.position.shares
    assert before.worth == _worth(before.pool, shares) > _worth(after.pool, shares) == after.worth


def _assert_receipt(page: Page, claim: ClaimRecord) -> None:
    """The newest claim, from the list to its recomputation."""
    page.get_by_role("link", name=f"{MARKET} no. {claim.sequence}", exact=True).click()
    expect_figure(page, "Deficit", claim.deficit_amount)
    expect_figure(page, "Payout", claim.payout_amount)
    page.get_by_role("button", name="Verify this claim").click()
    page.get_by_text("Every amount agrees to the atom").wait_for(timeout=SLOW_MS)


def test_a_position_lives_through_a_crash(place: Standing, visitor: Screen) -> None:
    """One tab stays on the portfolio and one on the claims; neither is ever loaded again."""
    page, provider = visitor.page, deposit(visitor, MARKET, "2500")
    before = _held(place, provider)
    page.get_by_role("link", name="Portfolio").click()
    expect_figure(page, "Worth now", before.worth)
    page.evaluate("window.isTheSame = true")
    second = page.context.new_page()
    second.goto(visitor.url + "/claims")
    second.get_by_text("No claim yet").wait_for()
    second.evaluate("window.isTheSame = true")

    place.jump(before.epoch + 1)
    place.flow_until(lambda: _is_over(place), "the end of the crash", 180)
    after, claims = _held(place, provider), list(records(place.rpc).values())
    _assert_claims_cost_it(before, after, claims)
    expect_figure(page, "Worth now", after.worth)
    expect_figure(page, "Earnings", after.worth - PAID_IN)
    rows = second.get_by_role("table", name="Claims, newest first").get_by_role("row")
    expect(rows).to_have_count(1 + len(claims), timeout=SLOW_MS)
    _assert_receipt(second, max(claims, key=lambda claim: claim.sequence))
    assert page.evaluate("window.isTheSame") and second.evaluate("window.isTheSame")
