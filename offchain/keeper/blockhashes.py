"""A recent blockhash for every transaction, asked for once a second at most."""

import asyncio

from solders.hash import Hash

from offchain.chain.backends.failover import FailoverChain

REFRESH_SECONDS = 1.0
"""A blockhash is good for a minute."""


class Blockhashes:
    """The last one, while it is fresh; callers that come together share one request."""

    def __init__(self, chain: FailoverChain) -> None:
        self._chain = chain
        self._lock = asyncio.Lock()
        self._asked = float("-inf")
        self._known = (Hash.default(), 0)

    async def current(self) -> tuple[Hash, int]:
        """A blockhash and the last block height at which a transaction with it may land; RpcError."""
        async with self._lock:
            now = asyncio.get_running_loop().time()
            if now - self._asked > REFRESH_SECONDS:
                self._known = await self._chain.fresh_blockhash()
                self._asked = now
            return self._known

    def forget(self) -> None:
        """Ask again next time: the chain has moved on, as a driven clock does."""
        self._asked = float("-inf")
