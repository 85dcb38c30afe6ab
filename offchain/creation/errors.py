"""Why a market can't be created."""

from offchain.errors import PercosecError


class TermError(PercosecError):
    """A term is no number, or out of its bounds."""


class CreationError(PercosecError):
    """The market can't be created as things stand; nothing was sent, or what was sent stays and is taken up again."""
