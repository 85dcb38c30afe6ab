"""What can be wrong with indexing."""

from collections.abc import Sequence

from offchain.errors import PercosecError
from offchain.indexer.ingest.listed import Listed


class IndexerError(PercosecError):
    """Indexing can't go on; the message says what to do."""


class NodeLieError(IndexerError):
    """A node's answers contradict each other or make no sense; nothing of them was stored."""


class WithheldError(NodeLieError):
    """A transaction is listed, and no node shows it as listed: nothing that follows it may be stored."""

    def __init__(self, listed: Listed, told: Sequence[tuple[str, str]]) -> None:
        """`told`: the name of each node that answered, and what it did."""
        answers = "; ".join(f"{name} {deed}" for name, deed in told)
        super().__init__(
            f"{listed.signature} is listed in slot {listed.slot} and no node shows it there ({answers}): "
            "it is asked for again and what follows waits, another --rpc may show it"
        )
        self.listed = listed
        self.nodes = tuple(name for name, _ in told)


class SecondIndexerError(IndexerError):
    """Another process writes into the same database."""

    retry = False
