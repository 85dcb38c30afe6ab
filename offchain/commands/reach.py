"""Which of several nodes to use for a command: the first that answers."""

from collections.abc import Sequence

import httpx

PROBE_SECONDS = 5.0


def first_answering(urls: Sequence[str]) -> str:
    """The first node that answers; the first of all when none does, so that its error is the one that is shown."""
    if len(urls) == 1:
        return urls[0]
    return next((url for url in urls if answers(url)), urls[0])


def answers(url: str) -> bool:
    """Whether a node says its version in time."""
    try:
        request = {"jsonrpc": "2.0", "id": 1, "method": "getVersion"}
        document = httpx.post(url, json=request, timeout=PROBE_SECONDS).json()
    except (httpx.HTTPError, ValueError):
        return False
    return isinstance(document, dict) and "result" in document
