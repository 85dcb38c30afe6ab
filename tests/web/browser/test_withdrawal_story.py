"""Somebody deposits and gets the money back: early for a fee, or free of it after waiting for the lock's end."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from tests.model.parameters import VIRTUAL
from tests.support.browser import Screen
from tests.support.raw.node import account
from tests.support.raw.pools import Holding, holdings
from tests.support.standing import Standing, at
from tests.support.visitor import SLOW_MS, deposit, expect_figure, line, values

MARKET = "BTC-PERP"
PAID_IN = 2_500_000_000


def _open(page: Page) -> Locator:
    """The part of the portfolio where the only position is left."""
    page.get_by_role("link", name="Portfolio").click()
    page.get_by_role("button", name="Withdraw").click()
    return page.get_by_role("region", name=f"Withdraw from {MARKET}")


def _held(place: Standing, provider: str) -> Holding:
    (held,) = holdings(place.rpc, provider)
    return held


def _request(place: Standing, part: Locator, provider: str) -> Holding:
    """Ask for all of it; the position afterwards."""
    part.get_by_role("button", name="Request the withdrawal").click()
    part.get_by_role("button", name="Take the request back").wait_for()
    asked = _held(place, provider)
    assert asked.position.requested_shares == asked.position.shares > 0
    expect(part.get_by_text(re.compile(r"^in (1 d|23 h 5\d min)$"))).to_be_visible()
    expect(part.get_by_role("button", name="Get it paid")).to_have_count(0)
    return asked


def _worth(place: Standing, shares: int) -> int:
    """Shares x assets / total shares, both with the one virtual USDC, rounded down."""
    pool = account(place.rpc, InsurancePool, at(MARKET).pool)
    assert pool.unsettled == 0 and pool.vest_epoch == place.calendar.epoch(), "nothing is left to vest or to settle"
    return int(shares * (pool.available_balance + VIRTUAL) // (pool.total_shares + VIRTUAL))


def _get_it_paid(place: Standing, part: Locator, provider: str, asked: Holding) -> tuple[int, int]:
    """The notice passes, what is payable is paid; (fee, payment) as the chain's accounts have them."""
    place.jump(asked.payable_epoch)
    place.flow_until(place.is_at_rest, "the score on which a withdrawal is paid")
    expect(part.get_by_role("button", name="Get it paid")).to_be_enabled(timeout=SLOW_MS)
    request = asked.position
    gross = min(request.request_value, _worth(place, request.requested_shares))
    fee = -(-gross * request.request_fee_bps // 10_000)
    assert values(line(part, "Pays now")) == [gross - fee, fee]
    before, pool = place.usdc(provider), account(place.rpc, InsurancePool, at(MARKET).pool)
    part.get_by_role("button", name="Get it paid").click()
    part.get_by_text("Nothing is left of this position").wait_for(timeout=SLOW_MS)
    after = account(place.rpc, InsurancePool, at(MARKET).pool)
    assert pool.total_shares - after.total_shares == request.requested_shares
    paid = place.usdc(provider) - before
    assert paid == gross - fee > 0
    return fee, paid


def _assert_gone(place: Standing, page: Page, provider: str, paid: int) -> None:
    """Nothing is left of the position, on the chain and on the page."""
    left = _held(place, provider)
    assert (left.position.shares, left.position.deposited, left.position.requested_shares) == (0, 0, 0)
    expect(page.get_by_role("button", name="Withdraw", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Request the withdrawal")).to_have_count(0)
    sums = {"Paid in": PAID_IN, "Paid out": paid, "Worth now": 0, "Earnings": paid - PAID_IN}
    for name, atoms in sums.items():
        expect_figure(page, name, atoms)


@pytest.mark.parametrize("waits", [False, True], ids=["early for a fee", "after the lock for nothing"])
def test_the_money_comes_back(place: Standing, visitor: Screen, waits: bool) -> None:
    """Leaving at once costs the early fee; whoever waits for the lock's end saves it, as the page said beforehand."""
    page, provider = visitor.page, deposit(visitor, MARKET, "2500")
    assert place.usdc(provider) == 10_000_000_000 - PAID_IN
    held = _held(place, provider)
    assert held.position.deposited == PAID_IN
    part = _open(page)
    part.get_by_text("Saved by waiting").wait_for()
    rate, fee, net = held.leaving(held.epoch)
    assert values(line(part, "Request now")) == [net, rate, fee]
    assert values(line(part, "Request when the lock is over")) == [net + fee, 0, 0]
    assert values(line(part, "Saved by waiting")) == [fee] and fee > 0
    if waits:
        place.jump(held.position.unlock_epoch)
        place.flow_until(place.is_at_rest, "the score after the lock")
        expect(page.get_by_role("cell", name="over", exact=True)).to_be_visible(timeout=SLOW_MS)
        expect(part.get_by_text("Saved by waiting")).to_be_visible()
    asked = _request(place, part, provider)
    assert (asked.position.request_fee_bps == 0) is waits
    taken, paid = _get_it_paid(place, part, provider, asked)
    assert (taken == 0) is waits
    _assert_gone(place, page, provider, paid)
