"""The one order of all transactions: by slot, and within a slot as in its block."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from offchain.chain.backends.nodes import Nodes
from offchain.indexer.errors import NodeLieError
from offchain.indexer.ingest.listed import Listed

Placed = tuple[Listed, int]
"""A transaction and its position in its slot."""


async def place(nodes: Nodes, entries: Iterable[Listed]) -> list[Placed]:
    """In order. Where a slot has only one of our transactions it is at position 0, else the block's indexes count."""
    by_slot: dict[int, list[Listed]] = defaultdict(list)
    for entry in entries:
        by_slot[entry.slot].append(entry)
    placed: list[Placed] = []
    for slot in sorted(by_slot):
        if len(by_slot[slot]) == 1:
            placed.append((by_slot[slot][0], 0))
            continue
        index = await _block(nodes, slot)
        missing = [entry.signature for entry in by_slot[slot] if entry.signature not in index]
        if missing:
            raise NodeLieError(f"slot {slot} of this node does not hold {missing[0]}: it is asked again")
        placed += sorted(((entry, index[entry.signature]) for entry in by_slot[slot]), key=lambda found: found[1])
    return placed


async def _block(nodes: Nodes, slot: int) -> dict[str, int]:
    options = {
        "transactionDetails": "signatures",
        "rewards": False,
        "commitment": "confirmed",
        "maxSupportedTransactionVersion": 0,
    }
    answer: Any = await nodes.ask("getBlock", slot, options)
    signatures = (answer or {}).get("signatures")
    if not isinstance(signatures, list):
        raise NodeLieError(f"the node tells no signatures of slot {slot}: use one that serves getBlock")
    return {signature: index for index, signature in enumerate(signatures)}
