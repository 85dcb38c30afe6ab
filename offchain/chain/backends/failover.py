"""A chain behind several nodes, with everything a keeper asks of it; everything at commitment `confirmed`."""

import asyncio
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from based58 import b58encode
from solders.account import Account
from solders.hash import Hash
from solders.pubkey import Pubkey
from solders.signature import Signature
from solders.sysvar import CLOCK
from solders.transaction import VersionedTransaction

from offchain.chain.backends.base import Outcome
from offchain.chain.backends.landed import Landed, Status, Trial, read_account, read_landed
from offchain.chain.backends.node import RefusedError
from offchain.chain.backends.nodes import Nodes
from offchain.chain.backends.rpc import CONFIRM_SECONDS, MAX_ACCOUNTS, POLL_SECONDS, SHOW_SECONDS, RpcError
from offchain.chain.errors import program_error

PREFLIGHT_FAILURE = -32002
MAX_STATUSES = 256
_CONFIRMED = {"commitment": "confirmed"}
_BASE64 = {"commitment": "confirmed", "encoding": "base64"}
_REACHED = ("confirmed", "finalized")
_CLOCK_TIME = slice(32, 40)


class FailoverChain:
    """The `AsyncChain` interface over several nodes, and what lies beneath `send`, step by step."""

    def __init__(self, urls: Sequence[str], timeout: float = 10.0) -> None:
        """Nodes by preference; `timeout` is in seconds for each request to one node."""
        self.nodes = Nodes(urls, timeout)

    async def close(self) -> None:
        """Close every connection."""
        await self.nodes.close()

    async def submit(self, transaction: VersionedTransaction, preflight: bool = True, resend: bool = False) -> None:
        """Hand a signed transaction to a node and don't wait; ProgramError when its preflight refuses it.

        With `resend` the node sends it again until it lands or expires; otherwise that is the caller's business.
        """
        options = {"encoding": "base64", "skipPreflight": not preflight, "preflightCommitment": "confirmed"}
        wire = b64encode(bytes(transaction)).decode()
        try:
            await self.nodes.ask("sendTransaction", wire, options if resend else {**options, "maxRetries": 0})
        except RefusedError as error:
            if error.code == PREFLIGHT_FAILURE and isinstance(error.data, dict):
                raise program_error(error.data.get("err"), error.data.get("logs") or []) from error
            raise

    async def statuses(self, signatures: Sequence[Signature], history: bool = False) -> list[Status | None]:
        """How far transactions have come, None for those unknown; with `history` also old ones."""
        found: list[Status | None] = []
        for start in range(0, len(signatures), MAX_STATUSES):
            part = [str(signature) for signature in signatures[start : start + MAX_STATUSES]]
            options = {"searchTransactionHistory": history}
            found += await self.nodes.ask(
                "getSignatureStatuses", part, options, read=lambda answer: [_status(each) for each in answer["value"]]
            )
        return found

    async def landed(self, signature: Signature) -> Landed | None:
        """A confirmed transaction; None where the node does not show it (yet)."""
        options = {"commitment": "confirmed", "encoding": "base64", "maxSupportedTransactionVersion": 0}
        return await self.nodes.ask(
            "getTransaction", str(signature), options, read=lambda answer: read_landed(signature, answer)
        )

    async def try_out(self, transaction: VersionedTransaction, watched: Sequence[Pubkey] = ()) -> Trial:
        """Simulate with any blockhash and without checking signatures; `watched` come back as they would be."""
        options: dict[str, Any] = {**_BASE64, "sigVerify": False, "replaceRecentBlockhash": True}
        if watched:
            options["accounts"] = {"encoding": "base64", "addresses": [str(key) for key in watched]}
        wire = b64encode(bytes(transaction)).decode()
        return await self.nodes.ask("simulateTransaction", wire, options, read=_trial)

    async def fresh_blockhash(self) -> tuple[Hash, int]:
        """The latest blockhash and the last block height at which a transaction with it may land."""
        return await self.nodes.ask("getLatestBlockhash", _CONFIRMED, read=_blockhash)

    async def block_height(self) -> int:
        """The confirmed block height."""
        return await self.nodes.ask("getBlockHeight", _CONFIRMED, read=int)

    async def slot(self) -> int:
        """The confirmed slot."""
        return await self.nodes.ask("getSlot", _CONFIRMED, read=int)

    async def priority_fees(self, writable: Sequence[Pubkey] = ()) -> list[int]:
        """Lowest priority fees, in micro-lamports per unit, that landed lately in blocks that wrote these accounts."""
        accounts = [str(key) for key in writable]
        return await self.nodes.ask(
            "getRecentPrioritizationFees",
            accounts,
            read=lambda answer: [int(one["prioritizationFee"]) for one in answer],
        )

    async def genesis_hash(self) -> str:
        """Which cluster this is."""
        return await self.nodes.ask("getGenesisHash", read=str)

    # AsyncChain

    async def send(self, transaction: VersionedTransaction) -> Outcome:
        """Send and wait for confirmation; ProgramError when the node's preflight refuses it."""
        await self.submit(transaction)
        signature = transaction.signatures[0]
        await self._until(CONFIRM_SECONDS, self._is_confirmed, signature)
        landed: Landed = await self._until(SHOW_SECONDS, self.landed, signature)
        return landed.outcome

    async def simulate(self, transaction: VersionedTransaction) -> Outcome:
        """Try it out."""
        trial = await self.try_out(transaction)
        return Outcome(transaction.signatures[0], trial.err, trial.logs, trial.units, 0, 0)

    async def account(self, address: Pubkey) -> Account | None:
        """The account, None where there is none."""
        return (await self.accounts([address]))[0]

    async def accounts(self, addresses: Sequence[Pubkey]) -> list[Account | None]:
        """Several accounts, in the order asked for."""
        return (await self.accounts_in_slot(addresses))[1]

    async def accounts_in_slot(
        self, addresses: Sequence[Pubkey], length: int | None = None
    ) -> tuple[int, list[Account | None]]:
        """The same with the slot they were read in: the earliest one, where it took several requests.

        With `length` only so many first bytes of each account's data.
        """
        options: dict[str, Any] = dict(_BASE64)
        if length is not None:
            options["dataSlice"] = {"offset": 0, "length": length}
        slots: list[int] = []
        found: list[Account | None] = []
        for start in range(0, len(addresses), MAX_ACCOUNTS):
            part = [str(key) for key in addresses[start : start + MAX_ACCOUNTS]]
            slot, accounts = await self.nodes.ask("getMultipleAccounts", part, options, read=_several(len(part)))
            slots.append(slot)
            found += accounts
        return min(slots, default=0), found

    async def owned_by(self, program: Pubkey, start: bytes = b"") -> list[tuple[Pubkey, Account]]:
        """Every account of a program; with `start` those whose data begin with it."""
        return await self.owned_with(program, {0: start} if start else {})

    async def owned_with(self, program: Pubkey, parts: Mapping[int, bytes]) -> list[tuple[Pubkey, Account]]:
        """Every account of a program whose data hold these bytes at these offsets."""
        options: dict[str, Any] = dict(_BASE64)
        if parts:
            options["filters"] = [
                {"memcmp": {"offset": offset, "bytes": b58encode(part).decode()}} for offset, part in parts.items()
            ]
        return await self.nodes.ask("getProgramAccounts", str(program), options, read=_owned)

    async def blockhash(self) -> Hash:
        """The latest confirmed blockhash."""
        return (await self.fresh_blockhash())[0]

    async def now(self) -> int:
        """The clock sysvar's unix time in seconds."""
        return clock_time(await self.account(CLOCK))

    async def _is_confirmed(self, signature: Signature) -> Status | None:
        (status,) = await self.statuses([signature])
        return status if status is not None and status.confirmed else None

    async def _until(self, seconds: float, ask: Any, signature: Signature) -> Any:
        deadline = asyncio.get_running_loop().time() + seconds
        while True:
            found = await ask(signature)
            if found is not None:
                return found
            if asyncio.get_running_loop().time() > deadline:
                raise RpcError(
                    f"no node shows {signature} as confirmed after {seconds:.0f} s: look it up before resending"
                )
            await asyncio.sleep(POLL_SECONDS)


def clock_time(clock: Account | None) -> int:
    """Unix time in seconds from the clock sysvar."""
    if clock is None:
        raise RpcError("the node has no clock sysvar: is it a Solana node?")
    return int.from_bytes(clock.data[_CLOCK_TIME], "little", signed=True)


def _status(value: Any) -> Status | None:
    if value is None:
        return None
    return Status(int(value["slot"]), value["err"], value.get("confirmationStatus") in _REACHED)


def _trial(answer: Any) -> Trial:
    value = answer["value"]
    accounts = [read_account(found, b64decode) for found in value.get("accounts") or []]
    return Trial(value["err"], list(value["logs"] or []), int(value.get("unitsConsumed") or 0), accounts)


def _blockhash(answer: Any) -> tuple[Hash, int]:
    value = answer["value"]
    return Hash.from_string(value["blockhash"]), int(value["lastValidBlockHeight"])


def _several(count: int) -> Callable[[Any], tuple[int, list[Account | None]]]:
    def read(answer: Any) -> tuple[int, list[Account | None]]:
        accounts = [read_account(value, b64decode) for value in answer["value"]]
        if len(accounts) != count:
            raise ValueError("another number of accounts than asked for")
        return int(answer["context"]["slot"]), accounts

    return read


def _owned(answer: Any) -> list[tuple[Pubkey, Account]]:
    found = ((Pubkey.from_string(one["pubkey"]), read_account(one["account"], b64decode)) for one in answer)
    return [(key, account) for key, account in found if account is not None]
