"""What the client needs of a chain, and what a transaction did to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from solders.account import Account
from solders.hash import Hash
from solders.pubkey import Pubkey
from solders.signature import Signature
from solders.transaction import VersionedTransaction


@dataclass(frozen=True, slots=True)
class Outcome:
    """A transaction that landed, or was simulated."""

    signature: Signature
    err: Any
    """Solana's TransactionError as JSON; None when it succeeded."""
    logs: list[str]
    units: int
    """Compute units used, CPIs included."""
    slot: int
    block_time: int
    """Unix time in seconds; 0 where the node doesn't tell, as for simulations."""


class Chain(Protocol):
    """A chain that answers at once. Everything is read at commitment `confirmed`."""

    def send(self, transaction: VersionedTransaction) -> Outcome:
        """Send and wait for confirmation. ProgramError when the chain won't take it; else look at `err`."""

    def simulate(self, transaction: VersionedTransaction) -> Outcome:
        """Try a transaction, signed or not, with any blockhash; nothing changes."""

    def account(self, address: Pubkey) -> Account | None:
        """The account, None where there is none."""

    def accounts(self, addresses: Sequence[Pubkey]) -> list[Account | None]:
        """Several accounts, in the order asked for."""

    def owned_by(self, program: Pubkey, start: bytes = b"") -> list[tuple[Pubkey, Account]]:
        """Every account of a program; with `start` those whose data begin with it."""

    def blockhash(self) -> Hash:
        """A recent blockhash for the next transaction."""

    def now(self) -> int:
        """The chain's clock: unix time in seconds, as programs read it."""


class PreviewChain(Chain, Protocol):
    """A chain that also shows what a simulated transaction would make of accounts."""

    def preview(
        self, transaction: VersionedTransaction, addresses: Sequence[Pubkey]
    ) -> tuple[Outcome, list[Account | None]]:
        """As `simulate`, and these accounts of the transaction as they would be afterwards (None after a failure)."""


class AsyncChain(Protocol):
    """The same for asyncio; see `Chain`."""

    async def send(self, transaction: VersionedTransaction) -> Outcome:
        """See `Chain.send`."""

    async def simulate(self, transaction: VersionedTransaction) -> Outcome:
        """See `Chain.simulate`."""

    async def account(self, address: Pubkey) -> Account | None:
        """See `Chain.account`."""

    async def accounts(self, addresses: Sequence[Pubkey]) -> list[Account | None]:
        """See `Chain.accounts`."""

    async def owned_by(self, program: Pubkey, start: bytes = b"") -> list[tuple[Pubkey, Account]]:
        """See `Chain.owned_by`."""

    async def blockhash(self) -> Hash:
        """See `Chain.blockhash`."""

    async def now(self) -> int:
        """See `Chain.now`."""
