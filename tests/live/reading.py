"""What the topics have to show, read independently: over REST, from the same server."""

from typing import Any

import httpx

from offchain.live.frames import Item
from tests.support.patience import PATIENCE

FRAME = ("as_of_slot", "decimals")


class Rest:
    """The API beside a WebSocket's address."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=url.replace("ws://", "http://").removesuffix("/v1/ws"), timeout=PATIENCE)

    def __enter__(self) -> "Rest":
        return self

    def __exit__(self, *_: Any) -> None:
        self._client.close()

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        answer = self._client.get(path, params=query)
        assert answer.status_code == 200, (path, answer.text)
        found: dict[str, Any] = answer.json()
        return found

    def items(self, path: str, **query: Any) -> list[Item]:
        """Every item of a list."""
        found: list[Item] = []
        cursor = {}
        while True:
            page = self.get(path, **query, **cursor)
            found += page["items"]
            if page.get("next") is None:
                return found
            cursor = {"cursor": page["next"]}
