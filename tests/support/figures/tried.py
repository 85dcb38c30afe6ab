"""What a node says of the transaction that a page is about to have signed."""

from typing import Any

from playwright.sync_api import Response

from tests.support.browser import Screen, ask
from tests.support.figures.shown import number

BUILT = "/v1/transactions/"


class Tried:
    """Listens to what a page has built, from before it is opened."""

    def __init__(self, screen: Screen, rpc: str) -> None:
        self._screen = screen
        self._rpc = rpc
        self._built: dict[str, str] = {}
        screen.page.on("response", self._heard)

    def sentence(self, action: str) -> str:
        """What the page has to say of the newest transaction of this route: the node's own count of its units."""
        # What the page shows already is still on its way to the test.
        self._screen.until(lambda: action in self._built, action)
        options = {"encoding": "base64", "sigVerify": False, "replaceRecentBlockhash": True, "commitment": "confirmed"}
        found: Any = ask(self._rpc, "simulateTransaction", self._built[action], options)["value"]
        assert found["err"] is None, found
        return f"Tried on the chain just now: it succeeds, with {number(found['unitsConsumed'], 0)} compute units."

    def _heard(self, response: Response) -> None:
        name = response.url.partition(BUILT)[2]
        if name and response.ok and response.request.method == "POST":
            body = response.json()
            self._built[name] = body.get("built", body)["transaction"]
