"""A chain behind any RPC node, by solana-py."""

import asyncio
import json
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

import httpx
from based58 import b58encode
from solana.exceptions import SolanaRpcException
from solana.rpc.async_api import AsyncClient
from solana.rpc.commitment import Confirmed
from solana.rpc.core import RPCException
from solana.rpc.types import MemcmpOpts, TxOpts
from solders.account import Account
from solders.account_decoder import UiAccountEncoding
from solders.commitment_config import CommitmentLevel
from solders.errors import SerdeJSONError
from solders.hash import Hash
from solders.pubkey import Pubkey
from solders.rpc.config import RpcSimulateTransactionAccountsConfig, RpcSimulateTransactionConfig
from solders.rpc.errors import SendTransactionPreflightFailureMessage
from solders.rpc.requests import SimulateVersionedTransaction
from solders.rpc.responses import SimulateTransactionResp
from solders.signature import Signature
from solders.sysvar import CLOCK
from solders.transaction import VersionedTransaction
from solders.transaction_status import TransactionConfirmationStatus

from offchain.chain.backends.base import Outcome
from offchain.chain.errors import program_error
from offchain.errors import PercosecError

T = TypeVar("T")
MAX_ACCOUNTS = 100
"""Accounts a node gives in one answer."""
POLL_SECONDS = 0.1
SHOW_SECONDS = 10.0
CONFIRM_SECONDS = 90.0
"""A transaction that has not landed by then never will: its blockhash has expired."""
_REACHED = (TransactionConfirmationStatus.Confirmed, TransactionConfirmationStatus.Finalized)
_CLOCK_TIME = slice(32, 40)


class RpcError(PercosecError):
    """The node can't be reached or answers nonsense."""


class AsyncRpcChain:
    """The `AsyncChain` interface over an AsyncClient, everything at commitment `confirmed`."""

    def __init__(self, client: AsyncClient) -> None:
        """The caller closes the client; solana-py's own default `finalized` is overridden in each call."""
        self.client = client

    @classmethod
    def connect(cls, url: str, timeout: float = 30.0) -> "AsyncRpcChain":
        """A chain behind the node at `url`."""
        return cls(AsyncClient(url, commitment=Confirmed, timeout=timeout))

    async def close(self) -> None:
        """Close the connection."""
        await self.client.close()

    async def send(self, transaction: VersionedTransaction) -> Outcome:
        """Send, wait until confirmed, and read what it did; ProgramError when the node's preflight refuses it."""
        try:
            await self.client.send_raw_transaction(bytes(transaction), TxOpts(preflight_commitment=Confirmed))
        except RPCException as error:
            raise _refusal(error) from error
        except SolanaRpcException as error:
            raise _unreachable(error) from error
        await self._confirm(transaction.signatures[0])
        return await self._read(transaction.signatures[0])

    async def simulate(self, transaction: VersionedTransaction) -> Outcome:
        """Try it as it is, without checking signatures."""
        return _tried(
            transaction, (await self._ask(self.client.simulate_transaction(transaction, False, Confirmed))).value
        )

    async def preview(
        self, transaction: VersionedTransaction, addresses: Sequence[Pubkey]
    ) -> tuple[Outcome, list[Account | None]]:
        """As `simulate`, and these accounts of the transaction as they would be afterwards (None after a failure)."""
        config = RpcSimulateTransactionConfig(
            replace_recent_blockhash=True,
            commitment=CommitmentLevel.Confirmed,
            accounts=RpcSimulateTransactionAccountsConfig(list(addresses), UiAccountEncoding.Base64),
        )
        request = SimulateVersionedTransaction(transaction, config)
        # solana-py's own method leaves the accounts out.
        value = (await self._ask(self.client._provider.make_request(request, SimulateTransactionResp))).value
        return _tried(transaction, value), list(value.accounts or [None] * len(addresses))

    async def account(self, address: Pubkey) -> Account | None:
        """The account, None where there is none."""
        found: Account | None = (await self._ask(self.client.get_account_info(address, Confirmed))).value
        return found

    async def accounts(self, addresses: Sequence[Pubkey]) -> list[Account | None]:
        """Several accounts, in the order asked for; more than a hundred take several requests."""
        found: list[Account | None] = []
        for start in range(0, len(addresses), MAX_ACCOUNTS):
            part = list(addresses[start : start + MAX_ACCOUNTS])
            found += (await self._ask(self.client.get_multiple_accounts(part, Confirmed))).value
        return found

    async def owned_by(self, program: Pubkey, start: bytes = b"") -> list[tuple[Pubkey, Account]]:
        """Every account of a program; with `start` those whose data begin with it."""
        filters = [MemcmpOpts(0, b58encode(start).decode())] if start else None
        answer = await self._ask(self.client.get_program_accounts(program, Confirmed, "base64", None, filters))
        return [(found.pubkey, found.account) for found in answer.value]

    async def blockhash(self) -> Hash:
        """The latest confirmed blockhash."""
        found: Hash = (await self._ask(self.client.get_latest_blockhash(Confirmed))).value.blockhash
        return found

    async def now(self) -> int:
        """The clock sysvar's unix time in seconds."""
        clock = await self.account(CLOCK)
        if clock is None:
            raise RpcError("the node has no clock sysvar: is it a Solana node?")
        return int.from_bytes(clock.data[_CLOCK_TIME], "little", signed=True)

    async def _confirm(self, signature: Signature) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + CONFIRM_SECONDS
        while loop.time() < deadline:
            status = (await self._ask(self.client.get_signature_statuses([signature]))).value[0]
            if status is not None and status.confirmation_status in _REACHED:
                return
            await asyncio.sleep(POLL_SECONDS)
        raise RpcError(
            f"the transaction {signature} was not confirmed in {CONFIRM_SECONDS:.0f} s: build and send it again"
        )

    async def _read(self, signature: Signature) -> Outcome:
        answer = await self._shown(signature)
        meta = json.loads(answer.to_json())["result"]["meta"]
        units, block_time = meta.get("computeUnitsConsumed") or 0, answer.value.block_time or 0
        return Outcome(signature, meta["err"], meta["logMessages"] or [], units, answer.value.slot, block_time)

    async def _shown(self, signature: Signature) -> Any:
        """The node's answer about a confirmed transaction, which a busy node writes down a moment later."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + SHOW_SECONDS
        while True:
            answer = await self._ask(self.client.get_transaction(signature, "base64", Confirmed, 0))
            if answer.value is not None and answer.value.transaction.meta is not None:
                return answer
            if loop.time() > deadline:
                raise RpcError(f"the node has confirmed {signature} but does not show it: ask another node")
            await asyncio.sleep(POLL_SECONDS)

    async def _ask(self, request: Any) -> Any:
        try:
            return await request
        except SolanaRpcException as error:
            raise _unreachable(error) from error
        except RPCException as error:
            raise RpcError(f"the node refused a request: {error}") from error
        except SerdeJSONError as error:
            raise RpcError("the node does not speak JSON-RPC: check the address") from error


class RpcChain:
    """The same for callers without asyncio: each call waits for its answer."""

    def __init__(self, chain: AsyncRpcChain) -> None:
        self._chain = chain
        self._runner = asyncio.Runner()

    @classmethod
    def connect(cls, url: str, timeout: float = 30.0) -> "RpcChain":
        """A chain behind the node at `url`."""
        return cls(AsyncRpcChain.connect(url, timeout))

    def close(self) -> None:
        """Close the connection."""
        self._run(self._chain.close())
        self._runner.close()

    def _run(self, request: Coroutine[Any, Any, T]) -> T:
        """Wait for an answer.

        The task itself has none: `Runner.run` prints a finished task into an error that nobody reads, which takes
        long when it holds a whole program.
        """
        answers: list[T] = []

        async def ask() -> None:
            answers.append(await request)

        self._runner.run(ask())
        return answers[0]

    def send(self, transaction: VersionedTransaction) -> Outcome:
        """See `AsyncRpcChain.send`."""
        return self._run(self._chain.send(transaction))

    def simulate(self, transaction: VersionedTransaction) -> Outcome:
        """See `AsyncRpcChain.simulate`."""
        return self._run(self._chain.simulate(transaction))

    def preview(
        self, transaction: VersionedTransaction, addresses: Sequence[Pubkey]
    ) -> tuple[Outcome, list[Account | None]]:
        """See `AsyncRpcChain.preview`."""
        return self._run(self._chain.preview(transaction, addresses))

    def account(self, address: Pubkey) -> Account | None:
        """See `AsyncRpcChain.account`."""
        return self._run(self._chain.account(address))

    def accounts(self, addresses: Sequence[Pubkey]) -> list[Account | None]:
        """See `AsyncRpcChain.accounts`."""
        return self._run(self._chain.accounts(addresses))

    def owned_by(self, program: Pubkey, start: bytes = b"") -> list[tuple[Pubkey, Account]]:
        """See `AsyncRpcChain.owned_by`."""
        return self._run(self._chain.owned_by(program, start))

    def blockhash(self) -> Hash:
        """See `AsyncRpcChain.blockhash`."""
        return self._run(self._chain.blockhash())

    def now(self) -> int:
        """See `AsyncRpcChain.now`."""
        return self._run(self._chain.now())


def _tried(transaction: VersionedTransaction, value: Any) -> Outcome:
    err = json.loads(value.to_json())["err"]
    return Outcome(transaction.signatures[0], err, value.logs or [], value.units_consumed or 0, 0, 0)


def _refusal(error: RPCException) -> PercosecError:
    cause = error.args[0] if error.args else None
    if isinstance(cause, SendTransactionPreflightFailureMessage):
        result = json.loads(cause.data.to_json())
        return program_error(result["err"], result.get("logs") or [])
    return RpcError(f"the node refused the transaction: {cause}")


def _unreachable(error: SolanaRpcException) -> RpcError:
    cause = error.__cause__
    # The words of an HTTP error quote the URL, which may hold a provider's key.
    told = f"HTTP {cause.response.status_code}" if isinstance(cause, httpx.HTTPStatusError) else str(cause or error)
    reason = told or type(cause or error).__name__
    return RpcError(f"the node can't be reached ({reason}): check the address and that it runs")
