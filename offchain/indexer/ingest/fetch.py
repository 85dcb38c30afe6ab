"""Whole transactions from a node, several at a time."""

import asyncio
from collections.abc import Sequence
from typing import Any

from offchain.chain.backends.node import NodeDownError
from offchain.indexer.errors import NodeLieError, WithheldError
from offchain.indexer.ingest.listed import Listed
from offchain.indexer.ingest.order import Placed
from offchain.indexer.ingest.together import together
from offchain.indexer.ingest.watched import Fault, WatchedNodes
from offchain.indexer.raw import RawTransaction, read_raw

AT_ONCE = 8
ATTEMPTS = 5
PAUSE_SECONDS = 0.1
OPTIONS = {"encoding": "json", "commitment": "confirmed", "maxSupportedTransactionVersion": 0}


async def fetch_all(nodes: WatchedNodes, placed: Sequence[Placed]) -> list[RawTransaction]:
    """The transactions in the same order; WithheldError for one that is listed and that no node shows."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(found: Placed) -> RawTransaction:
        async with gate:
            return await _fetch(nodes, *found)

    return await together(one(found) for found in placed)


async def _fetch(nodes: WatchedNodes, listed: Listed, position: int) -> RawTransaction:
    """One transaction, asked for again where the answer is none: nodes name a transaction before they show it."""
    for attempt in range(1, ATTEMPTS):
        try:
            return await fetch_once(nodes, listed, position)
        except (NodeDownError, NodeLieError):
            await asyncio.sleep(PAUSE_SECONDS * attempt)
    return await fetch_once(nodes, listed, position)


async def fetch_once(nodes: WatchedNodes, listed: Listed, position: int) -> RawTransaction:
    """One transaction by a single request to each node until one shows it; WithheldError when none does."""
    told: list[tuple[str, str]] = []

    def find(name: str, answer: Any) -> RawTransaction | None:
        try:
            return _checked(nodes, answer, listed, position)
        except NodeLieError as lie:
            told.append((name, str(lie)))
            return None

    found = await nodes.search("getTransaction", listed.signature, OPTIONS, find=find)
    if found is None:
        raise WithheldError(listed, told)
    return found


def _checked(nodes: WatchedNodes, answer: Any, listed: Listed, position: int) -> RawTransaction:
    if answer is None:
        nodes.seen[Fault.NOT_SHOWN] += 1
        raise NodeLieError("does not show it")
    try:
        raw = read_raw(answer, position)
    except NodeLieError as lie:
        nodes.seen[Fault.NONSENSE] += 1
        raise NodeLieError(f"shows nonsense, {lie}") from lie
    if (raw.signature, raw.slot) != (listed.signature, listed.slot):
        nodes.seen[Fault.ANOTHER] += 1
        raise NodeLieError(f"shows {raw.signature} in slot {raw.slot}")
    return raw
