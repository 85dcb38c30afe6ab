"""What can go wrong between a client and the live updates."""

from offchain.errors import PercosecError


class LiveError(PercosecError):
    """A request that can't be served; the client gets its code and the sentence, and stays connected."""

    def __init__(self, code: str, detail: str) -> None:
        """`code` is stable, for programs; `detail` says what to do."""
        super().__init__(detail)
        self.code = code
        self.detail = detail
