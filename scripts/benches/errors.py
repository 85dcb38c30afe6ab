"""What can go wrong in a measurement."""

from offchain.errors import PercosecError


class BenchError(PercosecError):
    """A measurement could not be made, or what it measured is wrong."""
