"""Altering a kept state, byte by byte."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
from solders.pubkey import Pubkey

from offchain.localnet.records import InnerCall, TransactionRecord
from offchain.verify.read.borsh import Cursor
from offchain.verify.read.programs import DISCRIMINATOR_BYTES, Programs, discriminator

ATOM_BYTES = 8


class State:
    """A state file that no chain has open."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path)) as database, database:
            yield database

    def data(self, address: Pubkey) -> bytes:
        """An account's data."""
        with self._open() as database:
            found: tuple[bytes] = database.execute(
                "SELECT data FROM accounts WHERE address = ?", (bytes(address),)
            ).fetchone()
            return found[0]

    def add(self, address: Pubkey, offset: int, atoms: int) -> None:
        """Add to the u64 at an offset of an account's data."""
        data = bytearray(self.data(address))
        value = int.from_bytes(data[offset : offset + ATOM_BYTES], "little") + atoms
        data[offset : offset + ATOM_BYTES] = value.to_bytes(ATOM_BYTES, "little")
        with self._open() as database:
            database.execute("UPDATE accounts SET data = ? WHERE address = ?", (bytes(data), bytes(address)))

    def add_to_field(self, kind: str, address: Pubkey, field: str, atoms: int) -> None:
        """Add to a u64 field of a program's account."""
        self.add(address, field_offset(kind, field), atoms)

    def add_to_token_account(self, address: Pubkey, atoms: int) -> None:
        """Add to what a token account says it holds."""
        self.add(address, 64, atoms)

    def alter_inner(self, signature: str, chosen: Callable[[InnerCall], bool], offset: int, atoms: int) -> None:
        """Add to a u64 in the data of the one inner instruction of a transaction that is chosen."""
        with self._open() as database:
            rows = database.execute("SELECT position, record FROM transactions").fetchall()
            for position, raw in rows:
                record = msgspec.msgpack.decode(raw, type=TransactionRecord)
                if str(record.signature) == signature:
                    (call,) = [one for calls in record.inner.values() for one in calls if chosen(one)]
                    value = int.from_bytes(call.data[offset : offset + ATOM_BYTES], "little") + atoms
                    call.data = call.data[:offset] + value.to_bytes(ATOM_BYTES, "little") + call.data[offset + 8 :]
                    query = "UPDATE transactions SET record = ? WHERE position = ?"
                    database.execute(query, (msgspec.msgpack.encode(record), position))
                    return
        raise AssertionError(f"no transaction {signature}")

    def forget(self, signature: str) -> None:
        """Leave a transaction out."""
        with self._open() as database:
            rows = database.execute("SELECT position, record FROM transactions").fetchall()
            for position, raw in rows:
                if str(msgspec.msgpack.decode(raw, type=TransactionRecord).signature) == signature:
                    database.execute("DELETE FROM transactions WHERE position = ?", (position,))
                    return
        raise AssertionError(f"no transaction {signature}")


def field_offset(kind: str, field: str) -> int:
    """Where a field begins in the data of a program's account."""
    for (_, mark), (name, fields) in Programs()._accounts.items():
        if name == kind and mark == discriminator("account", kind):
            data = bytes(10_000)
            cursor = Cursor(data, DISCRIMINATOR_BYTES)
            for one, type_ in fields:
                if one == field:
                    return len(data) - cursor.rest
                cursor.read(type_)
    raise AssertionError(f"{kind} has no field {field}")


def is_call_of(name: str) -> Callable[[InnerCall], bool]:
    """Chooses the inner call of an instruction by its name."""
    mark = discriminator("global", name)
    return lambda call: call.data[:DISCRIMINATOR_BYTES] == mark


def is_transfer_of(amount: int) -> Callable[[InnerCall], bool]:
    """Chooses the token transfer of an amount."""
    data = bytes([3]) + amount.to_bytes(ATOM_BYTES, "little")
    return lambda call: call.data == data
