"""The filters of getProgramAccounts and programSubscribe."""

from collections.abc import Callable

from offchain.localnet.errors import INVALID_PARAMS, Json, RpcError
from offchain.localnet.rpc.encoding import decode_text
from offchain.localnet.rpc.params import read_integer

_MAX_FILTERS = 4
_MAX_MEMCMP_BYTES = 128

Filter = Callable[[bytes], bool]
"""Says whether account data passes."""


def read_filters(value: Json) -> list[Filter]:
    """The filters of a request; none if left out. Raises RpcError."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise RpcError(INVALID_PARAMS, "Invalid params: filters is no array")
    if len(value) > _MAX_FILTERS:
        raise RpcError(INVALID_PARAMS, f"Too many filters provided; max {_MAX_FILTERS}")
    return [_filter(item) for item in value]


def _filter(item: Json) -> Filter:
    if isinstance(item, dict) and "dataSize" in item:
        size = read_integer(item["dataSize"])
        return lambda data: len(data) == size
    if isinstance(item, dict) and isinstance(item.get("memcmp"), dict):
        offset = read_integer(item["memcmp"].get("offset"))
        wanted = _wanted(item["memcmp"])
        return lambda data: data[offset : offset + len(wanted)] == wanted and offset + len(wanted) <= len(data)
    raise RpcError(INVALID_PARAMS, f"Invalid params: unknown filter {item!r}")


def _wanted(memcmp: dict[str, Json]) -> bytes:
    value = memcmp.get("bytes")
    if isinstance(value, list):
        try:
            wanted = bytes(value)
        except (TypeError, ValueError):
            raise RpcError(INVALID_PARAMS, "Invalid params: memcmp bytes must be integers from 0 to 255") from None
    else:
        wanted = decode_text(value, memcmp.get("encoding") or "base58")
    if len(wanted) > _MAX_MEMCMP_BYTES:
        raise RpcError(INVALID_PARAMS, "Invalid param: encoded binary too long")
    return wanted
