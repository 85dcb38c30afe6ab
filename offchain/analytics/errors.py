"""What can go wrong with the team's page."""

from offchain.errors import PercosecError


class AnalyticsError(PercosecError):
    """A chart can't be made."""
