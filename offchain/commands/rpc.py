"""Requests to a node that the chain client does not need: version, genesis, airdrops, and simulations with balances."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any

import httpx
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from offchain.chain.backends.rpc import RpcError
from offchain.chain.errors import program_error
from offchain.chain.events import Event, parse_events
from offchain.commands.context import TIMEOUT, Context
from offchain.settings.urls import shown


def ask(context: Context, method: str, params: list[Any] | None = None, url: str | None = None) -> Any:
    """The result of one JSON-RPC request to the preferred node; RpcError when it can't be had."""
    target = url or context.rpc_url
    request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params or []}
    try:
        answer = httpx.post(target, json=request, timeout=TIMEOUT)
        document = answer.json()
    except httpx.HTTPError as error:
        reason = str(error) or type(error).__name__
        raise RpcError(
            f"the node {shown(target)} can't be reached ({reason}): check the address and that it runs"
        ) from error
    except ValueError as error:
        raise RpcError(
            f"{shown(target)} does not speak JSON-RPC (HTTP {answer.status_code}): check the address"
        ) from error
    if not isinstance(document, dict) or ("result" not in document and "error" not in document):
        raise RpcError(f"{shown(target)} does not speak JSON-RPC (HTTP {answer.status_code}): check the address")
    if "error" in document:
        fault = document["error"]
        raise RpcError(
            f"the node refused {method}: {fault.get('message', fault) if isinstance(fault, dict) else fault}"
        )
    return document["result"]


@dataclass(frozen=True)
class Trial:
    """What a transaction would do."""

    events: list[Event]
    units: int
    cost: int
    """Lamports that the payer would have less: fee and rent."""


def try_out(context: Context, transaction: VersionedTransaction, payer: Pubkey) -> Trial:
    """Simulate; ProgramError when the transaction would fail."""
    before = context.chain().account(payer)
    config = {
        "encoding": "base64",
        "sigVerify": False,
        "replaceRecentBlockhash": True,
        "commitment": "confirmed",
        "accounts": {"encoding": "base64", "addresses": [str(payer)]},
    }
    raw = b64encode(bytes(transaction)).decode()
    value = ask(context, "simulateTransaction", [raw, config])["value"]
    logs = value.get("logs") or []
    if value["err"] is not None:
        raise program_error(value["err"], logs, context.at)
    after = (value.get("accounts") or [None])[0]
    left = int(after["lamports"]) if after else 0
    cost = (before.lamports if before else 0) - left
    return Trial(parse_events(logs, context.at).events, int(value.get("unitsConsumed") or 0), cost)
