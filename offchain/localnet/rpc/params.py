"""Reading the parameters of a request; whatever is wrong becomes an RpcError with code -32602."""

from typing import Any, cast

from solders.hash import Hash, ParseHashError
from solders.pubkey import Pubkey
from solders.signature import Signature

from offchain.localnet.chain import LocalChain
from offchain.localnet.errors import INVALID_PARAMS, MIN_CONTEXT_SLOT, Json, RpcError

_COMMITMENTS = (None, "processed", "confirmed", "finalized")
_MAX_U64 = (1 << 64) - 1


class Params:
    """The parameters of one request to one chain."""

    def __init__(self, chain: LocalChain, values: Json) -> None:
        """`values` is the `params` member as it came."""
        if not isinstance(values, list):
            raise RpcError(INVALID_PARAMS, "Invalid params: expected an array")
        self.chain = chain
        self._values = values

    def at(self, index: int) -> Json:
        """The value in this place, or None."""
        return self._values[index] if index < len(self._values) else None

    def address(self, index: int) -> Pubkey:
        """A required address."""
        return read_address(self.at(index))

    def hash(self, index: int) -> Hash:
        """A required hash."""
        return cast(Hash, _read(Hash.from_string, self.at(index)))

    def text(self, index: int) -> str:
        """A required string."""
        return read_text(self.at(index))

    def integer(self, index: int) -> int:
        """A required integer from 0 to 2^64 - 1."""
        return read_integer(self.at(index))

    def items(self, index: int, limit: int) -> list[Json]:
        """A required array of at most `limit` entries."""
        value = self.at(index)
        if not isinstance(value, list):
            raise RpcError(INVALID_PARAMS, f"Invalid params: parameter {index + 1} is no array")
        if len(value) > limit:
            raise RpcError(INVALID_PARAMS, f"Too many inputs provided; max {limit}")
        return value

    def config(self, index: int) -> dict[str, Json]:
        """The options, empty if left out. Checks commitment and minContextSlot, which almost every method takes."""
        value = self.at(index)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise RpcError(INVALID_PARAMS, f"Invalid params: parameter {index + 1} is no object")
        for name in ("commitment", "preflightCommitment"):
            if value.get(name) not in _COMMITMENTS:
                raise RpcError(INVALID_PARAMS, f"Invalid params: unknown commitment {value[name]!r}")
        wanted = value.get("minContextSlot")
        if wanted is not None and read_integer(wanted) > self.chain.slot:
            data = {"contextSlot": self.chain.slot}
            raise RpcError(MIN_CONTEXT_SLOT, "Minimum context slot has not been reached", data)
        return value


def in_context(chain: LocalChain, value: Json) -> dict[str, Json]:
    """The answer of a method that also says for which slot it holds: the last in which nothing can land any more."""
    return {"context": {"apiVersion": "2.2.0", "slot": chain.slot - 1}, "value": value}


def read_address(value: Json) -> Pubkey:
    """A base58 address."""
    return cast(Pubkey, _read(Pubkey.from_string, value))


def read_signature(value: Json) -> Signature:
    """A base58 signature."""
    return cast(Signature, _read(Signature.from_string, value))


def read_integer(value: Json) -> int:
    """An integer from 0 to 2^64 - 1."""
    if type(value) is not int or not 0 <= value <= _MAX_U64:
        raise RpcError(INVALID_PARAMS, f"Invalid params: expected an integer from 0 to 2^64 - 1, not {value!r}")
    return value


def read_text(value: Json) -> str:
    """A string."""
    if not isinstance(value, str):
        raise RpcError(INVALID_PARAMS, f"Invalid params: expected a string, not {value!r}")
    return value


def _read(parse: Any, value: Json) -> Any:
    try:
        return parse(read_text(value))
    except (ValueError, ParseHashError) as error:
        raise RpcError(INVALID_PARAMS, f"Invalid param: {error}") from None
