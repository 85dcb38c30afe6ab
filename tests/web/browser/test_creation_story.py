"""Somebody makes a market of their own: terms, plan and cost, one signature after the other, until it takes trades."""

import pytest
from playwright.sync_api import Locator, Page, expect
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.generated.risk_engine.accounts import MarketConfig, RiskScore
from tests.support.browser import Screen, ask
from tests.support.raw.node import account
from tests.support.standing import WITHOUT_KEEPER, Standing
from tests.support.visitor import SLOW_MS, crank, fill_deposit, take_test_money, values

TERMS = {"depth, USDC": "5000000", "max leverage,": "20", "threshold, USDC": "250"}
MONEY = {"First-loss stake, USDC": "1000", "House capital, USDC": "2000", "Insurance fund, USDC": "500.5"}
STEPS = 7
CONDITIONS = 7
"""Of the checklist, until the first trade."""
LIVE = 2


@pytest.fixture(scope="module")
def roles() -> str:
    """Nobody comes before the creator: a keeper would hand the terms over, and score."""
    return WITHOUT_KEEPER


def _fill(page: Page, fields: dict[str, str]) -> None:
    for name, value in fields.items():
        page.get_by_role("textbox", name=name).fill(value)


def _plan(page: Page) -> Locator:
    page.get_by_role("button", name="Show plan and cost").click()
    return page.get_by_role("region", name="The plan")


def _sign_all(plan: Locator) -> None:
    """One step after the other, as the chain says how far it is."""
    steps = plan.locator("ol > li")
    expect(steps).to_have_count(STEPS)
    for number in range(STEPS):
        expect(steps.nth(number)).to_contain_text("next", timeout=SLOW_MS)
        plan.get_by_text("Tried on the chain just now").wait_for(timeout=SLOW_MS)
        plan.get_by_role("button", name="Sign this step").click()
        expect(steps.nth(number)).to_contain_text("done", timeout=SLOW_MS)
    plan.get_by_text("Every transaction is done").wait_for()


def _assert_as_agreed(place: Standing, market: Pubkey) -> None:
    """Terms and money on the chain are those of the form."""
    at = LOCALNET.market(market)
    config, perp = account(place.rpc, MarketConfig, at.config), account(place.rpc, PerpMarket, market)
    pool = account(place.rpc, InsurancePool, at.pool)
    assert config.status == LIVE
    assert (perp.depth, config.max_leverage) == (5_000_000_000_000, 200_000)
    assert (pool.first_loss, perp.house, perp.fund) == (1_000_000_000, 2_000_000_000, 500_500_000)


def test_a_market_is_made_and_comes_to_life(place: Standing, visitor: Screen) -> None:
    """What is out of bounds is refused with the bounds, the plan costs what it said, and the checklist ends."""
    page = visitor.go("/create")
    creator = visitor.connect()
    take_test_money(page)
    _fill(page, {**TERMS, **MONEY, "max leverage,": "200"})
    visitor.allowed += ["422"]
    expect(_plan(page)).to_contain_text("200x is out of bounds: choose from 1x to 100x")
    _fill(page, TERMS)
    plan = _plan(page)
    price = plan.locator("p").filter(has_text="Still to be paid")
    price.wait_for()
    cost, rent, *money = values(price)
    assert cost > rent > 0 and money == [1_000_000_000, 2_000_000_000, 500_500_000]
    lamports, usdc = place.lamports(creator), place.usdc(creator)
    _sign_all(plan)
    assert (lamports - place.lamports(creator), usdc - place.usdc(creator)) == (cost, sum(money))

    address = plan.get_by_role("link", name="Open the market").get_attribute("href") or ""
    market = Pubkey.from_string(address.rpartition("/")[2])
    _assert_as_agreed(place, market)
    conditions = plan.locator("ul > li")
    expect(conditions).to_have_count(CONDITIONS)
    expect(conditions.filter(has_text="missing").filter(has_text="no deposit yet")).to_have_count(1)
    expect(conditions.filter(has_text="missing").filter(has_text="from the first whole epoch")).to_have_count(1)
    tab = Screen(page.context.new_page(), visitor.url)
    _deposit(tab, market, creator)
    _open_jobs(tab, market)
    crank(tab.page, "sync")
    place.jump(place.calendar.epoch() + 1)
    place.flow_until(lambda: _is_possible(place, market, "score"), "a price for the first score")
    _open_jobs(tab, market)
    crank(tab.page, "score")
    assert account(place.rpc, RiskScore, LOCALNET.market(market).score).epoch == place.calendar.epoch()
    expect(conditions.filter(has_text="done")).to_have_count(CONDITIONS, timeout=SLOW_MS)


def _deposit(tab: Screen, market: Pubkey, creator: str) -> None:
    """The first to insure it is the creator, with the same demo wallet."""
    tab.go(f"/markets/{market}/deposit")
    assert tab.wallet() == creator
    fill_deposit(tab.page, "100")


def _open_jobs(tab: Screen, market: Pubkey) -> None:
    """What is due in it, for the creator as for anybody."""
    tab.go("/keepers")
    tab.wallet()
    tab.page.get_by_role("combobox", name="Market").select_option(str(market))


def _is_possible(place: Standing, market: Pubkey, duty: str) -> bool:
    """As a wallet with SOL would find it."""
    payer = Keypair().pubkey()
    ask(place.rpc, "requestAirdrop", str(payer), 10**9)
    found = place.served.get(f"/v1/markets/{market}/cranks?payer={payer}")["items"]
    return any(job["duty"] == duty and job["possible"] for job in found)
