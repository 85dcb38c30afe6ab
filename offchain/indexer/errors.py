"""What can be wrong with indexing."""

from offchain.errors import PercosecError


class IndexerError(PercosecError):
    """Indexing can't go on; the message says what to do."""


class NodeLieError(IndexerError):
    """A node's answers contradict each other or make no sense; nothing of them was stored."""


class SecondIndexerError(IndexerError):
    """Another process writes into the same database."""

    retry = False
