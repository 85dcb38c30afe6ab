"""Nodes that are watched: what they get wrong is counted, though nothing of it comes into the database."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from offchain.chain.backends.nodes import Nodes, T

SLOW_SECONDS = 1.0
"""An answer that takes longer counts as slow."""


class Fault(StrEnum):
    """What a node may do."""

    UNREACHABLE = "unreachable"
    """No answer, or none that can be read."""
    SLOW = "slow"
    LEFT_OUT = "left out"
    """A list without a transaction that the next one names among older ones."""
    TWICE = "twice"
    """A transaction named twice in one list."""
    DISORDER = "disorder"
    """A list that is not from new to old."""
    NOT_SHOWN = "not shown"
    """A transaction that is listed and not given."""
    ANOTHER = "another"
    """Another transaction than asked for, or from another slot than listed."""
    NONSENSE = "nonsense"
    """An answer that is no transaction, or no list of them."""


class WatchedNodes(Nodes):
    """See Nodes."""

    def __init__(self, urls: Sequence[str], timeout: float = 10.0) -> None:
        """The same as for Nodes."""
        super().__init__(urls, timeout)
        self.seen: Counter[Fault] = Counter()
        """How often each fault was seen."""

    async def _answer(self, index: int, method: str, params: Sequence[Any], read: Callable[[Any], T]) -> T:
        """The same as of Nodes; slow answers are counted."""
        began = time.monotonic()
        try:
            return await super()._answer(index, method, params, read)
        finally:
            self.seen[Fault.SLOW] += time.monotonic() - began > SLOW_SECONDS

    def faults(self) -> dict[str, int]:
        """Those that were seen."""
        return {fault.value: count for fault, count in self.seen.items() if count}

    def _note_failure(self, index: int) -> None:
        super()._note_failure(index)
        self.seen[Fault.UNREACHABLE] += 1
