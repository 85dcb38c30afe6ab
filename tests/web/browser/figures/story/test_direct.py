"""Straight from the chain: what is left of the app when the server is silent."""

from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, ProviderPosition
from tests.support.browser import Screen, ask
from tests.support.figures.comparison import Expected, compare
from tests.support.figures.shown import cost, money, number, short
from tests.support.figures.story import Told
from tests.support.figures.watching import open_as


def pools(told: Told) -> Expected:
    """A row for each pool, as its account stands; and where it was read."""
    options = {"commitment": "confirmed", "withContext": True, "encoding": "base64"}
    slot = ask(told.rpc, "getProgramAccounts", str(LOCALNET.insurance_pool), options)["context"]["slot"]
    shown = {"node": told.rpc.removeprefix("http://").rstrip("/"), "slot": f"At slot {slot}."}
    for address, pool in told.ledger.all(InsurancePool).items():
        row = f"table:Pools on chain/{address}"
        shown |= {
            f"{row}/market": short(pool.market_id),
            f"{row}/balance": money(pool.available_balance),
            f"{row}/shares": number(pool.total_shares, places=2),
            f"{row}/pending": number(pool.pending_shares, places=2),
        }
    return shown


def positions(told: Told, provider: str) -> Expected:
    """A row for each position of a provider."""
    shown = {}
    for address, held in told.ledger.all(ProviderPosition).items():
        if str(held.provider) == provider:
            row = f"table:Your positions on chain/{address}"
            shown |= {
                f"{row}/market": short(held.market_id),
                f"{row}/paid": cost(held.deposited_amount),
                f"{row}/shares": number(held.shares),
                f"{row}/unlock": str(held.unlock_epoch),
                f"{row}/asked": number(held.requested_shares),
            }
    return shown


def test_pools_and_positions_while_the_server_is_silent(told: Told, screen: Screen) -> None:
    provider = told.people["half out"].key
    open_as(screen, "/", provider)
    screen.allowed += ["ERR_FAILED", "/v1/"]
    screen.page.route("**/v1/**", lambda route: route.abort())
    screen.page.evaluate("history.pushState({}, '', '/direct'); dispatchEvent(new PopStateEvent('popstate'))")
    screen.page.get_by_role("heading", name="Your positions").wait_for()
    own = positions(told, str(provider))
    assert own
    compare(screen, {**pools(told), **own})
