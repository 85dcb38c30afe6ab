"""Every page of the app, and what its heading begins with where it is always the same."""

from tests.support.served import Served

TITLES = {
    "/": "Insurance pools for perpetual markets",
    "/markets": "Markets",
    "/portfolio": "Portfolio",
    "/positions": "Open positions",
    "/claims": "Claims",
    "/keepers": "Keepers",
    "/create": "Create a market",
    "/fees": "Fees",
    "/risks": "Risks",
    "/parameters": "Parameters",
    "/system": "Status",
    "/docs": "Docs",
}
OF_MARKET = ("", "/pool", "/deposit")


def addresses(app: Served) -> list[str]:
    """Those of `TITLES`, the newest market's and the newest claim's; fails where the app has neither."""
    market = app.get("/v1/markets")["items"][0]["market_id"]
    claim = app.get("/v1/claims")["items"][0]["claim"]
    return [*TITLES, *(f"/markets/{market}{part}" for part in OF_MARKET), f"/claims/{claim}"]
