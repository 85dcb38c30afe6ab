"""Address lookup tables: the keys a v0 transaction loads besides its own."""

from collections.abc import Callable

from solders.account import Account
from solders.message import MessageV0
from solders.pubkey import Pubkey

from offchain.localnet.errors import TransactionRefusedError

_TABLE_PROGRAM = Pubkey.from_string("AddressLookupTab1e1111111111111111111111111")
_HEADER_BYTES = 56


def loaded_keys(message: MessageV0, account: Callable[[Pubkey], Account | None]) -> tuple[list[Pubkey], list[Pubkey]]:
    """(writable, read-only) keys that the message takes from tables, in the order of the runtime.

    Raises TransactionRefusedError if a table does not exist, is no table, or is too short.
    """
    writable: list[Pubkey] = []
    readonly: list[Pubkey] = []
    for lookup in message.address_table_lookups:
        table = account(lookup.account_key)
        if table is None:
            raise TransactionRefusedError("AddressLookupTableNotFound")
        if table.owner != _TABLE_PROGRAM:
            raise TransactionRefusedError("InvalidAddressLookupTableOwner")
        addresses = table.data[_HEADER_BYTES:]
        writable += [_address(addresses, index) for index in lookup.writable_indexes]
        readonly += [_address(addresses, index) for index in lookup.readonly_indexes]
    return writable, readonly


def _address(addresses: bytes, index: int) -> Pubkey:
    raw = addresses[32 * index : 32 * index + 32]
    if len(raw) < 32:
        raise TransactionRefusedError("InvalidAddressLookupTableIndex")
    return Pubkey.from_bytes(raw)
