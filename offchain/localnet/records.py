"""What is kept of each transaction that landed."""

from typing import Literal

import msgspec
from solders.hash import Hash
from solders.pubkey import Pubkey
from solders.signature import Signature
from solders.transaction import VersionedTransaction

from offchain.localnet.errors import Json


class InnerCall(msgspec.Struct, array_like=True):
    """One instruction that a program called, with indexes into the record's keys."""

    program: int
    accounts: bytes
    data: bytes
    height: int
    """Depth of the call: 2 for one called by a top-level instruction."""


class TokenBalance(msgspec.Struct, array_like=True):
    """What a token account held, in atoms."""

    index: int
    """Position of the token account among the record's keys."""
    mint: bytes
    owner: bytes
    program: bytes
    amount: int
    decimals: int


class TransactionRecord(msgspec.Struct, array_like=True):
    """A landed transaction and everything it did. `err` is None if it succeeded."""

    raw_signature: bytes
    slot: int
    block_time: int
    """Unix time in seconds."""
    wire: bytes
    """The transaction as it was sent."""
    loaded_writable: list[bytes]
    """Keys loaded from lookup tables."""
    loaded_readonly: list[bytes]
    err: Json
    """Solana's TransactionError as JSON."""
    fee: int
    """Lamports."""
    pre_balances: list[int]
    """Lamports of each key, in the order of `keys`."""
    post_balances: list[int]
    pre_tokens: list[TokenBalance]
    post_tokens: list[TokenBalance]
    inner: dict[int, list[InnerCall]]
    """Index of a top-level instruction -> what it called, in order."""
    logs: list[str]
    units: int
    """Compute units used."""
    return_program: bytes
    return_data: bytes
    """What the last program returned; empty if nothing."""

    @property
    def signature(self) -> Signature:
        """The first signature: the transaction's name."""
        return Signature.from_bytes(self.raw_signature)

    @property
    def transaction(self) -> VersionedTransaction:
        """The transaction, decoded."""
        return VersionedTransaction.from_bytes(self.wire)

    @property
    def version(self) -> Literal["legacy", 0]:
        """The message format: the top bit of its first byte marks version 0."""
        return 0 if self.wire[1 + 64 * self.wire[0]] & 0x80 else "legacy"

    @property
    def keys(self) -> list[Pubkey]:
        """Every account of the transaction: its own keys, then the loaded ones."""
        loaded = [Pubkey.from_bytes(raw) for raw in self.loaded_writable + self.loaded_readonly]
        return list(self.transaction.message.account_keys) + loaded

    @property
    def message_hash(self) -> Hash:
        """Hash of the signed message; two transactions with the same one are the same transaction."""
        return self.transaction.message.hash()
