"""An asynchronous chain for code that waits: called from a thread beside the event loop."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from solders.account import Account
from solders.hash import Hash
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from offchain.chain.backends.base import AsyncChain, Chain, Outcome

T = TypeVar("T")


class BlockingChain:
    """The `Chain` interface over an `AsyncChain`; every request runs in the loop that the chain belongs to."""

    def __init__(self, chain: AsyncChain, loop: asyncio.AbstractEventLoop) -> None:
        """Never call its methods from the loop itself: it would wait for itself."""
        self._chain = chain
        self._loop = loop

    def send(self, transaction: VersionedTransaction) -> Outcome:
        """See `Chain.send`."""
        return self._wait(self._chain.send(transaction))

    def simulate(self, transaction: VersionedTransaction) -> Outcome:
        """See `Chain.simulate`."""
        return self._wait(self._chain.simulate(transaction))

    def account(self, address: Pubkey) -> Account | None:
        """See `Chain.account`."""
        return self._wait(self._chain.account(address))

    def accounts(self, addresses: Sequence[Pubkey]) -> list[Account | None]:
        """See `Chain.accounts`."""
        return self._wait(self._chain.accounts(addresses))

    def owned_by(self, program: Pubkey, start: bytes = b"") -> list[tuple[Pubkey, Account]]:
        """See `Chain.owned_by`."""
        return self._wait(self._chain.owned_by(program, start))

    def blockhash(self) -> Hash:
        """See `Chain.blockhash`."""
        return self._wait(self._chain.blockhash())

    def now(self) -> int:
        """See `Chain.now`."""
        return self._wait(self._chain.now())

    def _wait(self, request: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(request, self._loop).result()


async def in_thread(chain: AsyncChain, work: Callable[[Chain], T]) -> T:
    """Let `work` wait for the chain in a thread of its own, while the event loop goes on."""
    return await asyncio.to_thread(work, BlockingChain(chain, asyncio.get_running_loop()))
