"""The one order of all transactions: by slot, and within a slot as in its block."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from offchain.chain.backends.nodes import Nodes
from offchain.indexer.errors import WithheldError
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
        index = await _block(nodes, slot, by_slot[slot])
        placed += sorted(((entry, index[entry.signature]) for entry in by_slot[slot]), key=lambda found: found[1])
    return placed


async def _block(nodes: Nodes, slot: int, entries: Sequence[Listed]) -> dict[str, int]:
    """Signature -> index in the first node's block that holds all of the entries; WithheldError when none does."""
    told: list[tuple[str, str]] = []
    absent: list[Listed] = []

    def find(name: str, answer: Any) -> dict[str, int] | None:
        signatures = answer.get("signatures") if isinstance(answer, dict) else None
        if not isinstance(signatures, list):
            told.append((name, "tells no signatures of the slot, as one does that serves getBlock"))
            return None
        index = {signature: number for number, signature in enumerate(signatures)}
        missing = [entry for entry in entries if entry.signature not in index]
        if not missing:
            return index
        absent.append(missing[0])
        told.append((name, f"has a block there without {missing[0].signature}"))
        return None

    options = {
        "transactionDetails": "signatures",
        "rewards": False,
        "commitment": "confirmed",
        "maxSupportedTransactionVersion": 0,
    }
    found = await nodes.search("getBlock", slot, options, find=find)
    if found is None:
        raise WithheldError((absent or list(entries))[0], told)
    return found
