"""One order of transactions from the histories of several addresses."""

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from offchain.verify.errors import VerifyError

Listed = tuple[int, str]
"""Slot and signature, as a node lists them."""


def merged(histories: list[list[Listed]]) -> list[str]:
    """Signatures in the order of landing; each history is given oldest first.

    Within a slot two transactions keep the order of any history that names both; without one they touch nothing in
    common that matters here.
    """
    slots: dict[int, dict[str, set[str]]] = defaultdict(dict)
    for history in histories:
        for slot, signature in history:
            slots[slot].setdefault(signature, set())
        for (slot, earlier), (next_slot, later) in pairwise(history):
            if slot == next_slot:
                slots[slot][later].add(earlier)
    try:
        return [signature for slot in sorted(slots) for signature in TopologicalSorter(slots[slot]).static_order()]
    except CycleError:
        raise VerifyError(
            "the node lists transactions in contradicting orders: ask again or ask another node"
        ) from None
