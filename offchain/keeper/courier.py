"""Brings signed transactions to the chain: sends, sends again until they expire, and says what became of them."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from solders.signature import Signature
from solders.transaction import VersionedTransaction

from offchain.chain.backends.failover import FailoverChain
from offchain.chain.backends.landed import Status
from offchain.chain.backends.node import RefusedError
from offchain.chain.backends.rpc import RpcError
from offchain.chain.errors import ProgramError

POLL_SECONDS = 0.1
AGAIN_SECONDS = 2.0
SLACK_BLOCKS = 10
"""Blocks after a transaction's last one before it counts as expired: nodes may differ by some."""


@dataclass(slots=True)
class Parcel:
    """One transaction under way."""

    transaction: VersionedTransaction
    last_height: int
    sent_again: float
    done: asyncio.Future[Status | None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Courier:
    """All transactions under way share one poll. Start `run` as a task first."""

    def __init__(self, chain: FailoverChain) -> None:
        self._chain = chain
        self._parcels: dict[Signature, Parcel] = {}
        self._something = asyncio.Event()

    async def deliver(self, transaction: VersionedTransaction, last_height: int) -> Status | None:
        """Send and wait until it is confirmed; None when it expired without landing.

        ProgramError when a node's preflight refuses it and none can have taken it before; RefusedError for nonsense.
        """
        before = self._chain.nodes.failures
        try:
            await self._chain.submit(transaction)
        except ProgramError:
            # A node that failed to answer may have passed it on: then this refusal may be about its own success.
            if self._chain.nodes.failures == before and not await self._known(transaction.signatures[0]):
                raise
        except RefusedError:
            raise
        except RpcError:
            pass  # Unknown: it is looked up, and sent again.
        return await self.follow(transaction, last_height)

    async def follow(self, transaction: VersionedTransaction, last_height: int) -> Status | None:
        """Wait for a transaction that was sent before."""
        now = asyncio.get_running_loop().time()
        parcel = self._parcels[transaction.signatures[0]] = Parcel(transaction, last_height, now)
        self._something.set()
        return await parcel.done

    async def run(self) -> None:
        """Poll for ever, while there is something to poll for."""
        while True:
            await self._something.wait()
            with suppress(RpcError):  # While no node answers the next round asks again.
                await self._poll()
            if not self._parcels:
                self._something.clear()
            await asyncio.sleep(POLL_SECONDS)

    async def _poll(self) -> None:
        signatures = list(self._parcels)
        for signature, status in zip(signatures, await self._chain.statuses(signatures), strict=True):
            if status is not None and status.confirmed:
                self._finish(signature, status)
        now = asyncio.get_running_loop().time()
        waiting = [(key, parcel) for key, parcel in self._parcels.items() if now - parcel.sent_again > AGAIN_SECONDS]
        if waiting:
            height = await self._chain.block_height()
            for signature, parcel in waiting:
                parcel.sent_again = now
                await self._again(signature, parcel, height)

    async def _again(self, signature: Signature, parcel: Parcel, height: int) -> None:
        if height <= parcel.last_height:
            with suppress(ProgramError):  # Most likely it has landed already; the next poll tells.
                await self._chain.submit(parcel.transaction, preflight=False)
        elif height > parcel.last_height + SLACK_BLOCKS:
            (status,) = await self._chain.statuses([signature], history=True)
            if status is None or status.confirmed:
                self._finish(signature, status)

    async def _known(self, signature: Signature) -> bool:
        try:
            (status,) = await self._chain.statuses([signature])
        except RpcError:
            return True
        return status is not None

    def _finish(self, signature: Signature, status: Status | None) -> None:
        parcel = self._parcels.pop(signature)
        if not parcel.done.done():
            parcel.done.set_result(status)
