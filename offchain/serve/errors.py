"""What can be wrong with serving."""

from offchain.errors import PercosecError


class ServeError(PercosecError):
    """The server does not start, or one of its parts can't go on; the message says what to do."""
