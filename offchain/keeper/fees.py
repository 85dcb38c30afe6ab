"""The priority fee: a percentile of what landed lately, bounded."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from offchain.chain.backends.failover import FailoverChain
from offchain.chain.backends.rpc import RpcError

REFRESH_SECONDS = 10.0
LEAST_AGAIN = 1_000
"""Micro-lamports per unit from which the fee of an expired transaction is raised."""
RAISE = 4


def percentile(values: Sequence[int], percent: int) -> int:
    """The nearest-rank percentile; 0 of nothing."""
    if not values:
        return 0
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * percent // 100))
    return ordered[rank - 1]


class PriorityFees:
    """Asked of the node every few seconds at most."""

    def __init__(self, chain: FailoverChain, percent: int, most: int) -> None:
        """`most` bounds the fee, micro-lamports per compute unit."""
        self._chain = chain
        self._percent = percent
        self._most = most
        self._asked = float("-inf")
        self._fee = 0

    async def current(self, expired: int = 0) -> int:
        """Micro-lamports per compute unit; four times as much for each time that a transaction has expired before.

        The last known fee while the nodes don't tell.
        """
        now = asyncio.get_running_loop().time()
        if now - self._asked > REFRESH_SECONDS:
            self._asked = now
            with suppress(RpcError):
                self._fee = percentile(await self._chain.priority_fees(), self._percent)
        if expired:
            raised: int = max(self._fee, LEAST_AGAIN) * RAISE**expired
            return min(self._most, raised)
        return min(self._most, self._fee)
