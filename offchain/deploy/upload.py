"""Writing a buffer: many small transactions in flight at once, and those that never land sent again.

A write is idempotent, so one that lands twice does no harm. What counts in the end is the buffer as the chain has it.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

from solana.exceptions import SolanaRpcException
from solana.rpc.async_api import AsyncClient
from solana.rpc.commitment import Confirmed
from solana.rpc.core import RPCException
from solana.rpc.types import TxOpts
from solders.hash import Hash
from solders.keypair import Keypair
from solders.pubkey import Pubkey
from solders.signature import Signature
from solders.transaction_status import TransactionConfirmationStatus

from offchain.deploy.chunks import Chunk, write_transaction
from offchain.deploy.errors import DeployError

IN_FLIGHT = 128
"""Writes sent and not yet seen confirmed; a node answers about 256 at once."""
AT_ONCE = 16
"""Requests to the node at the same time."""
BLOCKHASH_SECONDS = 15.0
"""A blockhash is good for about a minute; a fresh one leaves a write most of it."""
RESEND_SECONDS = 45.0
"""A write that is not confirmed by then is sent again with a new blockhash."""
GIVE_UP_SECONDS = 120.0
"""Without one confirmation in this time the node is of no use."""
_POLL_SECONDS = 0.2
_REACHED = (TransactionConfirmationStatus.Confirmed, TransactionConfirmationStatus.Finalized)
_OPTIONS = TxOpts(skip_preflight=True, skip_confirmation=True, preflight_commitment=Confirmed)


@dataclass(slots=True)
class _Sent:
    chunk: Chunk
    at: float


def upload(
    url: str, payer: Keypair, buffer: Pubkey, chunks: Sequence[Chunk], priority: int, landed: Callable[[int], None]
) -> None:
    """Write the pieces; `landed` hears how many more were confirmed. DeployError when the node does not take them."""
    asyncio.run(_upload(url, payer, buffer, chunks, priority, landed))


async def _upload(
    url: str, payer: Keypair, buffer: Pubkey, chunks: Sequence[Chunk], priority: int, landed: Callable[[int], None]
) -> None:
    client = AsyncClient(url, commitment=Confirmed, timeout=30)
    try:
        await _Uploader(client, payer, buffer, priority).run(chunks, landed)
    finally:
        await client.close()


class _Uploader:
    def __init__(self, client: AsyncClient, payer: Keypair, buffer: Pubkey, priority: int) -> None:
        self._client = client
        self._payer = payer
        self._buffer = buffer
        self._priority = priority
        self._flight: dict[Signature, _Sent] = {}
        self._waiting: deque[Chunk] = deque()
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._blockhash = Hash.default()
        self._blockhash_at = 0.0
        self._trouble = "it confirms nothing"

    async def run(self, chunks: Sequence[Chunk], landed: Callable[[int], None]) -> None:
        self._waiting = deque(chunks)
        progress_at = monotonic()
        while self._waiting or self._flight:
            await self._send_more()
            confirmed = await self._collect()
            if confirmed:
                landed(confirmed)
                progress_at = monotonic()
            elif monotonic() - progress_at > GIVE_UP_SECONDS:
                raise DeployError(
                    f"no write has landed for {GIVE_UP_SECONDS:.0f} s ({self._trouble}): try another --rpc, or a "
                    "--priority; the same command goes on where this one stopped"
                )
            else:
                await asyncio.sleep(_POLL_SECONDS)

    async def _send_more(self) -> None:
        room = min(IN_FLIGHT - len(self._flight), len(self._waiting))
        if room <= 0 or not await self._fresh_blockhash():
            return
        await asyncio.gather(*(self._send(self._waiting.popleft()) for _ in range(room)))

    async def _send(self, chunk: Chunk) -> None:
        transaction = write_transaction(self._payer, self._buffer, chunk, self._blockhash, self._priority)
        async with self._gate:
            try:
                await self._client.send_raw_transaction(bytes(transaction), _OPTIONS)
            except (SolanaRpcException, RPCException) as error:
                self._trouble = str(error) or type(error).__name__
                self._waiting.append(chunk)
                return
        self._flight[transaction.signatures[0]] = _Sent(chunk, monotonic())

    async def _collect(self) -> int:
        """How many writes were confirmed since last time; the expired ones wait to be sent again."""
        if not self._flight:
            return 0
        signatures = list(self._flight)
        try:
            statuses = (await self._client.get_signature_statuses(signatures)).value
        except (SolanaRpcException, RPCException) as error:
            self._trouble = str(error) or type(error).__name__
            return 0
        confirmed = 0
        for signature, status in zip(signatures, statuses, strict=True):
            if status is not None and status.err is not None:
                raise DeployError(f"the chain refused the write {signature} ({status.err}): run the command again")
            if status is not None and status.confirmation_status in _REACHED:
                del self._flight[signature]
                confirmed += 1
            elif status is None and monotonic() - self._flight[signature].at > RESEND_SECONDS:
                self._waiting.append(self._flight.pop(signature).chunk)
        return confirmed

    async def _fresh_blockhash(self) -> bool:
        if monotonic() - self._blockhash_at < BLOCKHASH_SECONDS:
            return True
        try:
            self._blockhash = (await self._client.get_latest_blockhash(Confirmed)).value.blockhash
        except (SolanaRpcException, RPCException) as error:
            self._trouble = str(error) or type(error).__name__
            return False
        self._blockhash_at = monotonic()
        return True
