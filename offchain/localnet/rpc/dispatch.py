"""From the bytes of a JSON-RPC request to the bytes of its answer."""

import logging
from collections.abc import Callable

import msgspec

from offchain.localnet.chain import LocalChain
from offchain.localnet.errors import INTERNAL_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, PARSE_ERROR, Json, RpcError
from offchain.localnet.rpc import accounts, blocks, driven, node, sending, tokens, transactions
from offchain.localnet.rpc.params import Params

Method = Callable[[Params], Json]

_METHODS: dict[str, Method] = {
    **node.METHODS,
    **blocks.METHODS,
    **accounts.METHODS,
    **tokens.METHODS,
    **transactions.METHODS,
    **sending.METHODS,
}

_log = logging.getLogger(__name__)


def methods_of(chain: LocalChain) -> dict[str, Method]:
    """What this chain answers to."""
    return {**_METHODS, **driven.METHODS} if chain.clock_mode == "driven" else _METHODS


def answer(chain: LocalChain, body: bytes) -> bytes:
    """Answer one request or a batch. Never raises: whatever is wrong becomes an error answer."""
    try:
        request = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return msgspec.json.encode(_failed(None, RpcError(PARSE_ERROR, "Parse error")))
    methods = methods_of(chain)
    if isinstance(request, list):
        if not request:
            return msgspec.json.encode(_failed(None, RpcError(INVALID_REQUEST, "Invalid request")))
        return msgspec.json.encode([_answer_one(chain, methods, item) for item in request])
    return msgspec.json.encode(_answer_one(chain, methods, request))


def _answer_one(chain: LocalChain, methods: dict[str, Method], request: Json) -> Json:
    if not isinstance(request, dict) or not isinstance(request.get("method"), str):
        return _failed(None, RpcError(INVALID_REQUEST, "Invalid request"))
    name = request["method"]
    identifier = request.get("id")
    method = methods.get(name)
    if method is None:
        return _failed(identifier, RpcError(METHOD_NOT_FOUND, "Method not found"))
    try:
        with chain.exclusive():
            result = method(Params(chain, request.get("params") or []))
    except RpcError as error:
        return _failed(identifier, error)
    except Exception:
        _log.exception("%s failed", name)
        return _failed(identifier, RpcError(INTERNAL_ERROR, f"Internal error in {name}: see the local chain's log"))
    return {"jsonrpc": "2.0", "id": identifier, "result": result}


def _failed(identifier: Json, error: RpcError) -> Json:
    return {"jsonrpc": "2.0", "id": identifier, "error": error.body()}
