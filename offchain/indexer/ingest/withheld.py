"""What is known of a transaction that is listed and that no node shows: everything after it waits."""

import time
from dataclasses import dataclass

from offchain.indexer.errors import WithheldError
from offchain.indexer.ingest.listed import Listed

LIST_ANEW = 32
"""A long history is listed anew after 1, 2, 4, ... tries in vain and every so many, when no status confirms the
transaction either: a list of millions takes minutes, and a node may have forgotten the statuses of all that is old."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """One such transaction, as of the last round."""

    listed: Listed
    nodes: tuple[str, ...]
    """Names of those that answered, and did not show it."""
    since_ms: int
    """Unix milliseconds of this machine."""
    tries: int
    """Rounds that it ended."""

    @property
    def is_due(self) -> bool:
        """Whether it is time to list what is missing anew, should no status confirm it."""
        return self.tries & (self.tries - 1) == 0 or self.tries % LIST_ANEW == 0

    def document(self) -> dict[str, object]:
        """For the status."""
        return {
            "signature": self.listed.signature,
            "slot": self.listed.slot,
            "nodes": list(self.nodes),
            "since_ms": self.since_ms,
            "tries": self.tries,
        }


def withheld_by(error: WithheldError, before: Withheld | None) -> Withheld:
    """After another round in vain; `before` is what was withheld until then."""
    if before is not None and before.listed.signature == error.listed.signature:
        return Withheld(error.listed, error.nodes, before.since_ms, before.tries + 1)
    return Withheld(error.listed, error.nodes, time.time_ns() // 1_000_000, 1)
