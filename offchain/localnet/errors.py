"""What can go wrong on the local chain: for its user, for a transaction, and for a caller of the RPC interface."""

from typing import Any

from offchain.errors import PercosecError
from offchain.localnet.sentences import describe

Json = Any
"""A value as `json.loads` gives it."""

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
PREFLIGHT_FAILURE = -32002
UNSUPPORTED_VERSION = -32015
MIN_CONTEXT_SLOT = -32016


class LocalnetError(PercosecError):
    """The local chain cannot start or go on; the message says what to do."""


class TransactionRefusedError(LocalnetError):
    """The transaction did not land: nothing was charged and nothing changed."""

    def __init__(self, err: Json, logs: list[str] | None = None, units: int = 0) -> None:
        """`err` is Solana's TransactionError as JSON, `units` the compute units used before the failure."""
        super().__init__(describe(err))
        self.err = err
        self.logs = logs or []
        self.units = units


class RpcError(Exception):
    """A JSON-RPC error answer."""

    def __init__(self, code: int, message: str, data: Json = None) -> None:
        """`code` is one of the constants of this module; `data` goes out as it is unless None."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data

    def body(self) -> dict[str, Json]:
        """The `error` member of the answer."""
        body: dict[str, Json] = {"code": self.code, "message": self.message}
        if self.data is not None:
            body["data"] = self.data
        return body
