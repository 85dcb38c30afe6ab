"""What a node says about single transactions."""

from collections.abc import Sequence
from typing import Any

from offchain.chain.backends.nodes import Nodes
from offchain.indexer.ingest.listed import Listed

MAX_STATUSES = 256
_LANDED = ("confirmed", "finalized")


async def look_up(nodes: Nodes, signatures: Sequence[str]) -> dict[str, Listed]:
    """Those of the transactions that are confirmed, where they are now."""
    found: dict[str, Listed] = {}
    for start in range(0, len(signatures), MAX_STATUSES):
        part = list(signatures[start : start + MAX_STATUSES])
        answer: Any = await nodes.ask("getSignatureStatuses", part, {"searchTransactionHistory": True})
        for signature, status in zip(part, answer["value"], strict=True):
            level = status and status.get("confirmationStatus")
            if level in _LANDED:
                found[signature] = Listed(signature, int(status["slot"]), level == "finalized")
    return found


async def is_where(nodes: Nodes, listed: Listed) -> bool:
    """Whether a node still says that a transaction is in the slot where it was listed."""
    now = (await look_up(nodes, [listed.signature])).get(listed.signature)
    return now is not None and now.slot == listed.slot


async def slot_at(nodes: Nodes, commitment: str) -> int:
    """The node's slot at a commitment."""
    return int(await nodes.ask("getSlot", {"commitment": commitment}))
