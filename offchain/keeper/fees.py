"""The priority fee: a percentile of what landed lately, bounded."""

import asyncio
from collections.abc import Sequence

from solders.pubkey import Pubkey

from offchain.chain.backends.failover import FailoverChain
from offchain.chain.backends.rpc import RpcError

REFRESH_SECONDS = 10.0


def percentile(values: Sequence[int], percent: int) -> int:
    """The nearest-rank percentile; 0 of nothing."""
    if not values:
        return 0
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * percent // 100))
    return ordered[rank - 1]


class PriorityFees:
    """Asked of the node every few seconds at most."""

    def __init__(self, chain: FailoverChain, percent: int, most: int, writable: Sequence[Pubkey] = ()) -> None:
        """`most` bounds the fee, micro-lamports per compute unit; `writable` are accounts that others compete for."""
        self._chain = chain
        self._percent = percent
        self._most = most
        self._writable = list(writable)
        self._fee = 0
        self._asked = float("-inf")

    async def current(self) -> int:
        """Micro-lamports per compute unit; the last known fee while the nodes don't tell."""
        now = asyncio.get_running_loop().time()
        if now - self._asked > REFRESH_SECONDS:
            self._asked = now
            try:
                recent = await self._chain.priority_fees(self._writable)
            except RpcError:
                return self._fee
            self._fee = min(self._most, percentile(recent, self._percent))
        return self._fee
