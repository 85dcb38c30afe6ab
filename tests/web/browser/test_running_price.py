"""While the market goes on, a page shows the chain's price. Every figure of one that stands still: `figures`."""

from offchain.chain.generated.demo_market.accounts import PerpMarket
from tests.support.browser import Screen
from tests.support.figures.reading import read
from tests.support.figures.shown import money
from tests.support.patience import PATIENCE
from tests.support.raw.node import account
from tests.support.served import Served


def test_a_market_shows_the_chains_price(app: Served, screen: Screen) -> None:
    rpc, market = app.document["rpc"], app.get("/v1/markets")["items"][0]["market_id"]
    screen.go(f"/markets/{market}")

    def agrees() -> bool:
        """The market goes on: chain and page have to agree at one moment."""
        before = account(rpc, PerpMarket, market).price
        figures = read(screen.page).figures
        after = account(rpc, PerpMarket, market).price
        shown = figures.get("stat:Price", figures.get("stat:Price, to be confirmed"))
        return bool(before == after and shown == money(after, unit="USD"))

    screen.until(agrees, "the chain's price", 2 * PATIENCE)
