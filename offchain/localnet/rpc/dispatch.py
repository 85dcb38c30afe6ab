"""From the bytes of a JSON-RPC request to the bytes of its answer."""

import logging
from collections.abc import Callable

import msgspec

from offchain.localnet.chain import LocalChain
from offchain.localnet.errors import INTERNAL_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, PARSE_ERROR, Json, RpcError
from offchain.localnet.rpc import accounts, bids, blocks, driven, node, sending, tokens, transactions
from offchain.localnet.rpc.params import Params

Method = Callable[[Params], Json]

_METHODS: dict[str, Method] = {
    **node.METHODS,
    **blocks.METHODS,
    **bids.METHODS,
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
    """Answer one request or a batch; empty if nothing asks for an answer.

    Never raises: whatever is wrong becomes an error answer.
    """
    try:
        request = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return msgspec.json.encode(_failed(None, RpcError(PARSE_ERROR, "Parse error")))
    methods = methods_of(chain)
    if isinstance(request, list):
        answers = [answered for item in request if (answered := _answer_one(chain, methods, item)) is not None]
        return msgspec.json.encode(answers) if answers else b""
    answered = _answer_one(chain, methods, request)
    return msgspec.json.encode(answered) if answered is not None else b""


def _answer_one(chain: LocalChain, methods: dict[str, Method], request: Json) -> Json:
    """The answer, or None to a notification: a request without an id wants none."""
    if not isinstance(request, dict) or not isinstance(request.get("method"), str):
        identifier = request.get("id") if isinstance(request, dict) else None
        return _failed(identifier, RpcError(INVALID_REQUEST, "Invalid request"))
    result = _outcome(chain, methods, request)
    return {"jsonrpc": "2.0", "id": request["id"], **result} if "id" in request else None


def _outcome(chain: LocalChain, methods: dict[str, Method], request: dict[str, Json]) -> dict[str, Json]:
    name = request["method"]
    method = methods.get(name)
    try:
        if method is None:
            raise RpcError(METHOD_NOT_FOUND, "Method not found")
        with chain.exclusive():
            return {"result": method(Params(chain, request.get("params") or []))}
    except RpcError as refusal:
        return {"error": refusal.body()}
    except Exception:
        _log.exception("%s failed", name)
        error = RpcError(INTERNAL_ERROR, f"Internal error in {name}: see the local chain's log")
        return {"error": error.body()}


def _failed(identifier: Json, error: RpcError) -> Json:
    return {"jsonrpc": "2.0", "id": identifier, "error": error.body()}
