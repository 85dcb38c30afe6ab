"""What can go wrong while building the programs."""

from offchain.errors import PercosecError


class BuildError(PercosecError):
    """A program can't be built; the message says which step failed and what to do."""

    exit_code = 1
