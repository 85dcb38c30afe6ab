"""The chain's state in a SQLite file, so that it survives a restart."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import msgspec
from solders.account import Account
from solders.pubkey import Pubkey

from offchain.localnet.clock import ClockState
from offchain.localnet.errors import LocalnetError
from offchain.localnet.records import TransactionRecord

_APPLICATION_ID = 0x50435343
"""Marks the file as ours in its header."""

_FORMAT = 1

_TABLES = """
CREATE TABLE chain (id INTEGER PRIMARY KEY CHECK (id = 0), head BLOB NOT NULL);
CREATE TABLE accounts (address BLOB PRIMARY KEY, lamports INTEGER NOT NULL, owner BLOB NOT NULL,
                       executable INTEGER NOT NULL, rent_epoch TEXT NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE transactions (position INTEGER PRIMARY KEY, signature BLOB NOT NULL UNIQUE, slot INTEGER NOT NULL,
                           record BLOB NOT NULL);
"""


class Head(msgspec.Struct):
    """What the chain is besides its accounts and transactions."""

    genesis_hash: bytes
    latest_blockhash: bytes
    clock: ClockState


class Journal:
    """One state file, held by one chain at a time.

    Every write is one SQLite transaction: after a crash the file holds everything up to some landed transaction.
    """

    def __init__(self, path: Path) -> None:
        """Open the file or make it. Raises LocalnetError if it is damaged, foreign, in use or cannot be written."""
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=0.5)
        except (sqlite3.Error, OSError) as error:
            raise LocalnetError(_explain(path, error)) from None
        try:
            self._open()
        except sqlite3.Error as error:
            self._db.close()
            raise LocalnetError(_explain(path, error)) from None

    def head(self) -> Head | None:
        """The saved head, or None in a new file."""
        with _reading(self.path):
            row = self._db.execute("SELECT head FROM chain").fetchone()
            return None if row is None else msgspec.msgpack.decode(row[0], type=Head)

    def accounts(self) -> Iterator[tuple[Pubkey, Account]]:
        """Every saved account, programs last: their bytecode has to be there first."""
        with _reading(self.path):
            query = "SELECT address, lamports, data, owner, executable, rent_epoch FROM accounts ORDER BY executable"
            for address, lamports, data, owner, executable, rent_epoch in self._db.execute(query):
                account = Account(lamports, data, Pubkey.from_bytes(owner), bool(executable), int(rent_epoch))
                yield Pubkey.from_bytes(address), account

    def records(self) -> Iterator[TransactionRecord]:
        """Every saved transaction in the order of landing."""
        with _reading(self.path):
            decoder = msgspec.msgpack.Decoder(TransactionRecord)
            for (record,) in self._db.execute("SELECT record FROM transactions ORDER BY position"):
                yield decoder.decode(record)

    def write(
        self,
        head: Head,
        accounts: Iterable[tuple[Pubkey, Account | None]] = (),
        records: Iterable[TransactionRecord] = (),
    ) -> None:
        """Save the head, changed accounts (None: gone) and new transactions, all or nothing."""
        try:
            self._db.execute("BEGIN")
            self._write(head, accounts, records)
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise LocalnetError(_explain(self.path, error)) from None

    def close(self) -> None:
        """Write everything back into the one file and release it."""
        self._db.close()

    def _write(
        self,
        head: Head,
        accounts: Iterable[tuple[Pubkey, Account | None]],
        records: Iterable[TransactionRecord],
    ) -> None:
        self._db.execute("INSERT OR REPLACE INTO chain VALUES (0, ?)", (msgspec.msgpack.encode(head),))
        for address, account in accounts:
            if account is None:
                self._db.execute("DELETE FROM accounts WHERE address = ?", (bytes(address),))
            else:
                self._db.execute("INSERT OR REPLACE INTO accounts VALUES (?, ?, ?, ?, ?, ?)", _row(address, account))
        self._db.executemany(
            "INSERT INTO transactions (signature, slot, record) VALUES (?, ?, ?)",
            ((record.raw_signature, record.slot, msgspec.msgpack.encode(record)) for record in records),
        )

    def _open(self) -> None:
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        application = self._pragma("application_id")
        tables = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if application == 0 and tables == 0:
            self._db.executescript(f"PRAGMA application_id = {_APPLICATION_ID}; PRAGMA user_version = {_FORMAT};")
            self._db.executescript(_TABLES)
        elif application != _APPLICATION_ID:
            raise sqlite3.DatabaseError("it belongs to another program")
        elif self._pragma("user_version") != _FORMAT:
            raise sqlite3.DatabaseError("another version of percosec wrote it")
        elif self._db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("its pages do not fit together")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("COMMIT")

    def _pragma(self, name: str) -> int:
        return cast(int, self._db.execute(f"PRAGMA {name}").fetchone()[0])


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn damage met while reading into a LocalnetError."""
    try:
        yield
    except (sqlite3.Error, msgspec.MsgspecError, ValueError) as error:
        raise LocalnetError(_explain(path, error)) from None


def _row(address: Pubkey, account: Account) -> tuple[bytes, int, bytes, bool, str, bytes]:
    return (
        bytes(address),
        account.lamports,
        bytes(account.owner),
        account.executable,
        str(account.rent_epoch),
        account.data,
    )


def _explain(path: Path, error: BaseException) -> str:
    if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
        return f"the state file {path} is in use by another local chain: stop that one or give another --state"
    if isinstance(error, sqlite3.OperationalError | OSError):
        return f"cannot write the state file {path} ({error}): give another --state"
    return f"the state file {path} is damaged or not one of ours ({error}): remove it or give another --state"
