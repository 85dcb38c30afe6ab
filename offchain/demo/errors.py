"""What can go wrong in the demo itself."""

from offchain.errors import PercosecError


class DemoError(PercosecError):
    """The demo can't go on, or its result is wrong."""
