"""Questions to a node that only a deployment asks."""

from itertools import count
from time import monotonic, sleep
from typing import Any

import httpx
from solders.pubkey import Pubkey

from offchain.chain.backends.rpc import RpcError
from offchain.settings.urls import shown

_TIMEOUT = 60.0
_WAIT_SECONDS = 60.0
_POLL_SECONDS = 0.1
_ACCOUNT_OVERHEAD = 128
"""Bytes that the rent counts for every account on top of its data."""
_CONFIRMED = {"commitment": "confirmed"}


class Node:
    """One node by JSON-RPC."""

    def __init__(self, url: str) -> None:
        """The caller closes it."""
        self.url = url
        self._client = httpx.Client(timeout=_TIMEOUT)
        self._numbers = count(1)
        self._per_byte = 0

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def genesis_hash(self) -> str:
        """The chain's name."""
        return str(self._ask("getGenesisHash"))

    def slot(self) -> int:
        """The newest confirmed slot."""
        return int(self._ask("getSlot", _CONFIRMED))

    def wait_for_slot(self, slot: int) -> None:
        """Wait until `slot` is confirmed; RpcError when the chain stands still."""
        deadline = monotonic() + _WAIT_SECONDS
        while self.slot() < slot:
            if monotonic() > deadline:
                raise RpcError(f"the chain does not reach slot {slot}: check the node, then run the command again")
            sleep(_POLL_SECONDS)

    def balance(self, address: Pubkey) -> int:
        """Lamports."""
        return int(self._ask("getBalance", str(address), _CONFIRMED)["value"])

    def rent(self, size: int) -> int:
        """Lamports that exempt an account of `size` bytes from rent."""
        if not self._per_byte:
            self._per_byte = int(self._ask("getMinimumBalanceForRentExemption", 0)) // _ACCOUNT_OVERHEAD
        return (_ACCOUNT_OVERHEAD + size) * self._per_byte

    def airdrop(self, to: Pubkey, lamports: int) -> None:
        """Ask a local chain's faucet and wait until the lamports are there."""
        wanted = self.balance(to) + lamports
        self._ask("requestAirdrop", str(to), lamports)
        deadline = monotonic() + _WAIT_SECONDS
        while self.balance(to) < wanted:
            if monotonic() > deadline:
                raise RpcError("the chain's faucet did not pay: is it a local chain?")
            sleep(_POLL_SECONDS)

    def _ask(self, method: str, *params: Any) -> Any:
        request = {"jsonrpc": "2.0", "id": next(self._numbers), "method": method, "params": list(params)}
        try:
            answer = self._client.post(self.url, json=request).json()
        except (httpx.HTTPError, ValueError) as error:
            raise RpcError(
                f"the node {shown(self.url)} can't be asked ({error}): check the address and that it runs"
            ) from error
        if not isinstance(answer, dict) or "result" not in answer:
            said = answer.get("error", {}).get("message") if isinstance(answer, dict) else answer
            raise RpcError(f"the node {shown(self.url)} refused {method}: {said}")
        return answer["result"]
