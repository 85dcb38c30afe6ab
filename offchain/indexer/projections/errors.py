"""What can be wrong with a projection."""

from offchain.indexer.errors import IndexerError


class ProjectionError(IndexerError):
    """Events contradict each other: some are missing, or came in another order than on the chain."""
