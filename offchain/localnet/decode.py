"""From bytes to a transaction that is well formed, correctly signed and within the limits of a validator."""

from dataclasses import dataclass

from solders.hash import Hash
from solders.message import MessageV0
from solders.pubkey import Pubkey
from solders.transaction import SanitizeError, TransactionError, VersionedTransaction

from offchain.localnet.errors import LocalnetError, TransactionRefusedError
from offchain.localnet.limits import MAX_ACCOUNT_LOCKS, MAX_TRANSACTION_BYTES
from offchain.localnet.lookup_tables import loaded_keys
from offchain.localnet.privileges import effective_writable, requested_writable
from offchain.localnet.token_balances import Reader


class MalformedTransactionError(LocalnetError):
    """The bytes are no transaction, or too many."""


@dataclass(slots=True)
class Decoded:
    """A transaction with its accounts resolved."""

    transaction: VersionedTransaction
    keys: list[Pubkey]
    """Static keys, then loaded writable, then loaded read-only ones."""
    loaded_writable: list[Pubkey]
    loaded_readonly: list[Pubkey]
    writable: list[bool]
    """For each key whether the runtime lets the transaction write to it."""

    def writable_keys(self) -> list[Pubkey]:
        """The keys the transaction may write to."""
        return [key for key, writable in zip(self.keys, self.writable, strict=True) if writable]


def parse(transaction: bytes | VersionedTransaction) -> VersionedTransaction:
    """The well-formed transaction in these bytes. Raises MalformedTransactionError or TransactionRefusedError."""
    raw = bytes(transaction)
    if len(raw) > MAX_TRANSACTION_BYTES:
        raise MalformedTransactionError(f"transaction too large: {len(raw)} bytes (max: {MAX_TRANSACTION_BYTES} bytes)")
    try:
        parsed = VersionedTransaction.from_bytes(raw)
    except ValueError as error:
        raise MalformedTransactionError(f"failed to deserialize the transaction: {error}") from None
    try:
        parsed.sanitize()
    except SanitizeError:
        raise TransactionRefusedError("SanitizeFailure") from None
    return parsed


def resolve(transaction: VersionedTransaction, read: Reader) -> Decoded:
    """Find the accounts of a parsed transaction and who may write to them. Raises TransactionRefusedError."""
    message = transaction.message
    static = message.account_keys
    writable, readonly = loaded_keys(message, read) if isinstance(message, MessageV0) else ([], [])
    keys = static + writable + readonly
    if len(keys) > MAX_ACCOUNT_LOCKS:
        raise TransactionRefusedError("TooManyAccountLocks")
    if len(set(keys)) != len(keys):
        raise TransactionRefusedError("AccountLoadedTwice")
    requested = requested_writable(message, len(static)) + [True] * len(writable) + [False] * len(readonly)
    return Decoded(transaction, keys, writable, readonly, effective_writable(message, keys, requested))


def verify(transaction: VersionedTransaction) -> Hash:
    """Check every signature and give the message's hash. Raises TransactionRefusedError."""
    try:
        return transaction.verify_and_hash_message()
    except (TransactionError, ValueError):
        raise TransactionRefusedError("SignatureFailure") from None
