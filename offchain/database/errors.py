"""What can be wrong with a database."""

from offchain.errors import PercosecError


class DatabaseError(PercosecError):
    """The database can't be reached, written or understood."""
