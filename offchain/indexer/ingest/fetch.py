"""Whole transactions from a node, several at a time."""

import asyncio
from collections.abc import Sequence
from typing import Any

from offchain.chain.backends.node import NodeDownError
from offchain.indexer.errors import NodeLieError
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
    """The transactions in the same order; NodeLieError for one that the node names and does not show."""
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
    """One transaction by a single request; NodeLieError where it is not shown or not the one that was listed."""
    answer: Any = await nodes.ask("getTransaction", listed.signature, OPTIONS)
    if answer is None:
        nodes.seen[Fault.NOT_SHOWN] += 1
        raise NodeLieError(f"the node lists {listed.signature} and does not show it: it is asked again")
    try:
        raw = read_raw(answer, position)
    except NodeLieError:
        nodes.seen[Fault.NONSENSE] += 1
        raise
    if (raw.signature, raw.slot) != (listed.signature, listed.slot):
        nodes.seen[Fault.ANOTHER] += 1
        raise NodeLieError(
            f"the node lists {listed.signature} in slot {listed.slot} and shows {raw.signature} in slot {raw.slot}"
        )
    return raw
