"""Whose time counts: this machine's, or the chain's where a local chain's clock is driven."""

import time
from typing import Protocol

from offchain.chain.backends.base import AsyncChain


class Clock(Protocol):
    """Tells the time."""

    async def now_ms(self) -> int:
        """Unix milliseconds; PercosecError when nobody can tell."""


class SystemClock:
    """This machine's clock."""

    async def now_ms(self) -> int:
        """Unix milliseconds."""
        return wall_ms()


class ChainClock:
    """A chain's clock, in whole seconds."""

    def __init__(self, chain: AsyncChain) -> None:
        self._chain = chain

    async def now_ms(self) -> int:
        """Unix milliseconds; RpcError when the node can't be reached."""
        return await self._chain.now() * 1_000


def wall_ms() -> int:
    """This machine's unix time in milliseconds."""
    return time.time_ns() // 1_000_000
