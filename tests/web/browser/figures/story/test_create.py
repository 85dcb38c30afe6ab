"""Creating a market: the bounds of its terms, what they mean, and what it costs, before anything is signed."""

from base64 import b64decode
from collections.abc import Mapping

from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.risk_engine.accounts import PriceFeed
from tests.support.browser import Screen, ask
from tests.support.figures.comparison import Expected, compare
from tests.support.figures.shown import cost
from tests.support.figures.story import Told
from tests.support.figures.tried import Tried
from tests.support.figures.watching import open_as
from tests.support.raw.node import CONFIRMED
from tests.web.browser.figures.story.terms import TERMS

SIGNATURE_LAMPORTS = 5_000
STEPS = 7
"""Transactions of a new market, with the one that brings money."""
TYPED = {"depth": "1000000", "trading_fee_bps": "0.5"}
CHOSEN = {"depth": "1,000,000 USDC", "trading_fee_bps": "0.50 %"}
"""What is typed in, and how it reads."""
MONEY = {"stake": "25", "house": "0", "fund": "0"}


def form(told: Told, typed: Mapping[str, str]) -> Expected:
    """The fields; a meaning is said of first values only."""
    ((address, feed),) = told.ledger.all(PriceFeed).items()
    cents = feed.price // 10_000
    shown = {"feed": f"{address} (publisher, {cents // 100:,}.{cents % 100:02d} USD)"}
    for name, term in TERMS.items():
        shown |= {f"term:{name}/value": typed.get(name, term.typed), f"term:{name}/bounds": term.bounds}
        if name not in typed or not term.typed:
            shown[f"term:{name}/meaning"] = f": {term.meaning.format(term.shown)}"
    return shown


def plan(told: Told, creator: Pubkey, tried: Tried) -> Expected:
    """What was chosen, what it means, what it costs, and the first transaction."""
    meant = {
        f"line:{term.title}": f"{CHOSEN.get(name, term.shown)}. {term.meaning.format(CHOSEN.get(name, term.shown))}"
        for name, term in TERMS.items()
    }
    rent = rents(told)
    whole, kept = (_sol(lamports) for lamports in (rent + STEPS * SIGNATURE_LAMPORTS, rent))
    return {
        **meant,
        "cost": f"Still to be paid: {whole}, of which {kept} stay in the market\u2019s accounts, and 25.00 USDC as its "
        "stake.",
        "line:market": str(LOCALNET.market_id(creator, 0)),
        "line:transaction": f"1 of {STEPS}: create the market and its USDC accounts",
        "tried": tried.sentence("register-market"),
    }


def rents(told: Told) -> int:
    """Lamports that a market's accounts need for their size: as many as those of the market that is there."""
    m = LOCALNET.market(Pubkey.from_string(told.market))
    places = [m.market_id, m.vault, m.fee_vault, m.config, m.score, m.inputs, m.window]
    places += [m.premium, m.escrow, m.pool, m.pool_vault, m.registry]
    found = ask(told.rpc, "getMultipleAccounts", [str(place) for place in places], CONFIRMED)["value"]
    sizes = [len(b64decode(each["data"][0])) for each in found]
    return sum(int(ask(told.rpc, "getMinimumBalanceForRentExemption", size)) for size in sizes)


def _sol(lamports: int) -> str:
    return cost(lamports, 6, "SOL", 9)


def test_terms_plan_and_cost(told: Told, screen: Screen) -> None:
    tried, creator = Tried(screen, told.rpc), told.people["new"].key
    open_as(screen, "/create", creator)
    none = {f"money:{name}/value": "0" for name in MONEY}
    compare(screen, {**form(told, {}), **none})
    for name, text in TYPED.items():
        screen.page.get_by_label(f"{TERMS[name].title}, ").fill(text)
    screen.page.get_by_label("First-loss stake").fill(MONEY["stake"])
    screen.page.get_by_role("button", name="Show plan and cost").click()
    screen.page.get_by_text("Tried on the chain just now").wait_for()
    asked = {f"money:{name}/value": text for name, text in MONEY.items()}
    compare(screen, {**form(told, TYPED), **asked, **plan(told, creator, tried)})
