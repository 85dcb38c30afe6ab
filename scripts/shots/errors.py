"""What keeps pictures from being taken."""

from offchain.errors import PercosecError


class ShotError(PercosecError):
    """A server, a browser or a page that does not do what a picture needs."""
