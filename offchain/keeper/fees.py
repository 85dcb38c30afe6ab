"""The priority fee: a percentile of what landed lately, bounded."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

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
    """Asked of the node every few seconds at most, for each set of accounts that others compete for."""

    def __init__(self, chain: FailoverChain, percent: int, most: int) -> None:
        """`most` bounds the fee, micro-lamports per compute unit."""
        self._chain = chain
        self._percent = percent
        self._most = most
        self._known: dict[tuple[Pubkey, ...], tuple[float, int]] = {}

    async def current(self, writable: Sequence[Pubkey] = ()) -> int:
        """Micro-lamports per compute unit; the last known fee while the nodes don't tell."""
        now, accounts = asyncio.get_running_loop().time(), tuple(writable)
        asked, fee = self._known.get(accounts, (float("-inf"), 0))
        if now - asked > REFRESH_SECONDS:
            with suppress(RpcError):
                fee = min(self._most, percentile(await self._chain.priority_fees(accounts), self._percent))
            self._known[accounts] = now, fee
        return fee
