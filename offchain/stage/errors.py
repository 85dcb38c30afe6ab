"""What can go wrong with a running market."""

from offchain.errors import PercosecError


class StageError(PercosecError):
    """The market can't be played on this chain."""
