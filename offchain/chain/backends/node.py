"""One RPC node: a JSON-RPC request and its answer, with a clear line between a node that fails and one that refuses."""

from itertools import count
from typing import Any

import httpx
import msgspec

from offchain.chain.backends.rpc import RpcError
from offchain.settings.urls import shown

_BEHIND, _CONTEXT, _INTERNAL = -32005, -32016, -32603
UNFIT = frozenset({_BEHIND, _CONTEXT, _INTERNAL, -32004, -32014, -32429})
"""JSON-RPC errors that speak of the node and not of the request: it is behind, overloaded or broken."""
HTTP_ERROR = 400


class NodeDownError(RpcError):
    """A node can't be reached, is overloaded or answers nonsense: another one may do."""


class RefusedError(RpcError):
    """A node refused a request as such; every other node would."""

    def __init__(self, method: str, code: int, message: str, data: Any) -> None:
        super().__init__(f"the node refused {method}: {message}")
        self.code = code
        self.data = data


class Node:
    """A connection to one node."""

    def __init__(self, url: str, timeout: float = 10.0) -> None:
        """`timeout` is in seconds, for each request."""
        self.url = url
        self.name = shown(url)
        """The URL as it may be logged."""
        self._client = httpx.AsyncClient(timeout=timeout, headers={"content-type": "application/json"})
        self._numbers = count(1)

    async def ask(self, method: str, *params: Any) -> Any:
        """The `result` of a request; NodeDownError or RefusedError."""
        body = msgspec.json.encode({"jsonrpc": "2.0", "id": next(self._numbers), "method": method, "params": params})
        try:
            answer = await self._client.post(self.url, content=body)
        except httpx.HTTPError as error:
            raise self._down(type(error).__name__) from error
        if answer.status_code >= HTTP_ERROR:
            raise self._down(f"HTTP {answer.status_code}")
        try:
            return self._result(method, msgspec.json.decode(answer.content))
        except msgspec.DecodeError as error:
            raise self._down("no JSON") from error

    async def close(self) -> None:
        """Close the connection."""
        await self._client.aclose()

    def _result(self, method: str, answer: Any) -> Any:
        if not isinstance(answer, dict):
            raise self._down("no JSON-RPC answer")
        refusal = answer.get("error")
        if refusal is None:
            if "result" not in answer:
                raise self._down("no JSON-RPC answer")
            return answer["result"]
        code, message = int(refusal.get("code", 0)), str(refusal.get("message", refusal))
        if code in UNFIT:
            raise self._down(message)
        raise RefusedError(method, code, message, refusal.get("data"))

    def _down(self, reason: str) -> NodeDownError:
        return NodeDownError(f"the node {self.name} fails ({reason}): check the address and that it runs")
