"""What the verifier tells its user when it can't do its work."""

from offchain.errors import PercosecError


class VerifyError(PercosecError):
    """The evidence can't be read or does not hold what a verification needs."""
