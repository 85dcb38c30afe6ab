"""The few questions that a verification asks a Solana RPC node."""

from collections.abc import Sequence
from itertools import count
from time import sleep
from typing import Any

import httpx

from offchain.settings.urls import shown
from offchain.verify.errors import VerifyError
from offchain.verify.evidence.order import Listed

PAGE = 1_000
PATIENCE = 20
PAUSE_SECONDS = 0.25
COMMITMENT = {"commitment": "confirmed"}
_WHOLE = {"encoding": "base64", "maxSupportedTransactionVersion": 0, **COMMITMENT}


class Node:
    """A JSON-RPC node behind an URL."""

    def __init__(self, url: str) -> None:
        """Nothing is asked yet."""
        self._address = url
        self.url = shown(url)
        """As it may be printed: paths and queries of RPC providers are secrets."""
        self._client = httpx.Client(timeout=30)
        self._ids = count(1)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def ask(self, method: str, *params: object) -> Any:
        """The result of one request; VerifyError when the node does not answer or refuses."""
        answer = self._post(method, self._request(method, *params))
        if not isinstance(answer, dict):
            raise VerifyError(f"{self.url} does not speak JSON-RPC: give the URL of a running node")
        if "error" in answer:
            raise VerifyError(f"{self.url} refuses {method}: {answer['error'].get('message')}")
        return answer.get("result")

    def _request(self, method: str, *params: object) -> dict[str, object]:
        return {"jsonrpc": "2.0", "id": next(self._ids), "method": method, "params": params}

    def _post(self, method: str, body: object) -> Any:
        try:
            return self._client.post(self._address, json=body).raise_for_status().json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            reason = f"HTTP {error.response.status_code}" if isinstance(error, httpx.HTTPStatusError) else error
            raise VerifyError(
                f"{self.url} does not answer {method} ({reason}): give the URL of a running node"
            ) from None

    def slot(self) -> int:
        """The confirmed slot."""
        return int(self.ask("getSlot", COMMITMENT))

    def finalized(self) -> int:
        """The slot up to which nothing can be dropped any more."""
        return int(self.ask("getSlot", {"commitment": "finalized"}))

    def page(self, address: str, before: str | None = None, until: str | None = None) -> list[Listed]:
        """At most `PAGE` transactions that name an address, newest first; all of them between these two, exclusive."""
        options: dict[str, object] = {"limit": PAGE, **COMMITMENT}
        options |= {name: value for name, value in (("before", before), ("until", until)) if value is not None}
        return [(entry["slot"], entry["signature"]) for entry in self.ask("getSignaturesForAddress", address, options)]

    def history(self, address: str) -> list[Listed]:
        """Slot and signature of every transaction that names an address, oldest first."""
        listed: list[Listed] = []
        while True:
            page = self.page(address, listed[-1][1] if listed else None)
            listed += page
            if len(page) < PAGE:
                return listed[::-1]

    def transaction(self, signature: str) -> dict[str, Any]:
        """A transaction with its raw bytes and its meta. A node may list one a moment before it can show it."""
        for _ in range(PATIENCE):
            found = self.ask("getTransaction", signature, _WHOLE)
            if isinstance(found, dict):
                return found
            sleep(PAUSE_SECONDS)
        raise VerifyError(f"{self.url} lists {signature} but does not have it: ask a node with full history")

    def transactions(self, signatures: Sequence[str]) -> list[dict[str, Any]]:
        """Several at once; one by one where the node takes no batches, or does not show one of them at once."""
        batch = [self._request("getTransaction", signature, _WHOLE) for signature in signatures]
        answers = self._post("getTransaction", batch)
        listed = answers if isinstance(answers, list) else []
        found = {one.get("id"): one.get("result") for one in listed if isinstance(one, dict)}
        whole = [found.get(request["id"]) for request in batch]
        return [
            one if isinstance(one, dict) else self.transaction(signature)
            for signature, one in zip(signatures, whole, strict=True)
        ]

    def owned_by(self, program: str, filters: list[object] | None = None) -> list[dict[str, Any]]:
        """Every account of a program, data in base64."""
        options = {"encoding": "base64", "filters": filters or [], **COMMITMENT}
        accounts: list[dict[str, Any]] = self.ask("getProgramAccounts", program, options)
        return accounts

    def account(self, address: str) -> dict[str, Any] | None:
        """One account, data in base64."""
        answer: dict[str, Any] = self.ask("getAccountInfo", address, {"encoding": "base64", **COMMITMENT})
        value: dict[str, Any] | None = answer["value"]
        return value
