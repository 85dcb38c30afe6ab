"""Accounts and byte strings in the encodings of the RPC interface."""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error

from based58 import b58decode, b58encode
from solders.account import Account

from offchain.localnet.errors import INVALID_PARAMS, INVALID_REQUEST, Json, RpcError
from offchain.localnet.limits import RENT_EXEMPT_EPOCH
from offchain.localnet.rpc.params import read_integer, read_text
from offchain.localnet.rpc.parsed import parse_account
from offchain.localnet.token_balances import Reader

_MAX_BASE58_BYTES = 128
_ENCODINGS = ("binary", "base58", "base64", "base64+zstd", "jsonParsed")


def base58(raw: bytes) -> str:
    """Base58 text."""
    return b58encode(raw).decode()


def base64(raw: bytes) -> str:
    """Base64 text."""
    return b64encode(raw).decode()


def decode_text(text: Json, encoding: Json) -> bytes:
    """Bytes from base58 or base64 text. Raises RpcError."""
    encoded = read_text(text)
    try:
        if encoding == "base64":
            return b64decode(encoded, validate=True)
        if encoding == "base58":
            return bytes(b58decode(encoded.encode()))
    except (Base64Error, ValueError) as error:
        raise RpcError(INVALID_PARAMS, f"invalid {encoding} encoding: {error}") from None
    raise RpcError(INVALID_PARAMS, f"unsupported encoding: {encoding!r}. Supported encodings: base58, base64")


def encode_account(account: Account | None, config: dict[str, Json], read: Reader) -> Json:
    """The account as `encoding` and `dataSlice` in `config` ask for it; None stays None.

    base64 answers base64+zstd as well, which clients accept; jsonParsed parses token accounts and mints and gives
    base64 for the rest.
    """
    if account is None:
        return None
    encoding = config.get("encoding") or "binary"
    if encoding not in _ENCODINGS:
        raise RpcError(INVALID_PARAMS, f"Invalid params: unknown encoding {encoding!r}")
    parsed = parse_account(account, read) if encoding == "jsonParsed" else None
    data = account.data
    return {
        "lamports": account.lamports,
        "owner": str(account.owner),
        "executable": account.executable,
        "rentEpoch": RENT_EXEMPT_EPOCH,
        "space": len(data),
        "data": parsed if parsed is not None else _encode_data(_slice(data, config.get("dataSlice")), encoding),
    }


def _slice(data: bytes, window: Json) -> bytes:
    if window is None:
        return data
    if not isinstance(window, dict):
        raise RpcError(INVALID_PARAMS, "Invalid params: dataSlice is no object")
    offset = read_integer(window.get("offset"))
    return data[offset : offset + read_integer(window.get("length"))]


def _encode_data(data: bytes, encoding: str) -> Json:
    if encoding not in ("binary", "base58"):
        return [base64(data), "base64"]
    if len(data) > _MAX_BASE58_BYTES:
        raise RpcError(
            INVALID_REQUEST,
            f"Encoded binary (base 58) data should be less than {_MAX_BASE58_BYTES} bytes, please use Base64 encoding.",
        )
    return base58(data) if encoding == "binary" else [base58(data), "base58"]
