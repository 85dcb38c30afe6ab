"""A limit of its own for what makes the operator's node work: a page needs little of it, and a node is paid by use."""

from math import ceil
from typing import Any

from litestar import Request

from offchain.api.edge.buckets import Buckets, client_key
from offchain.api.plugin import ApiPlugin
from offchain.api.problems import Problem

RATE = 10
"""Requests a second of one address, on average."""
BURST = 60
"""Requests of one address at once."""
STATE = "node_buckets"


async def spare_the_node(request: Request[Any, Any, Any]) -> None:
    """Problem 429 for an address that asks too often; no limit where the API as a whole has none."""
    buckets = request.app.state.get(STATE)
    if not isinstance(buckets, Buckets):
        unlimited = request.app.plugins.get(ApiPlugin).options.rate == 0
        buckets = request.app.state[STATE] = Buckets(0 if unlimited else RATE, BURST)
    wait = buckets.take(client_key(request.client.host) if request.client else "")
    if wait:
        seconds = max(1, ceil(wait))
        detail = f"too many requests that need the node from this address: wait {seconds} s"
        raise Problem(429, "too_many_requests", detail, {"retry-after": str(seconds)})
