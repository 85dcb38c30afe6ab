"""Errors of a deployment."""

from offchain.errors import PercosecError


class DeployError(PercosecError):
    """A deployment can't begin or go on; the message says what to do."""
