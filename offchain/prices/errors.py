"""What can go wrong with prices."""

from offchain.errors import PercosecError


class PriceError(PercosecError):
    """Prices can't be captured, read or written as asked."""


class SourceError(PriceError):
    """A source gave no quotes at all."""

    def __init__(self, kind: str, message: str, wait_seconds: int = 0) -> None:
        super().__init__(message)
        self.kind = kind
        """`timeout`, `unreachable`, `http` or `garbage`."""
        self.wait_seconds = wait_seconds
        """How long the source asks to be left alone, seconds."""
