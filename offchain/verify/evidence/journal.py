"""Evidence from the state file of a local chain. It is only read, and must belong to no running chain."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import msgspec
from solders.pubkey import Pubkey

from offchain.localnet.records import TransactionRecord
from offchain.localnet.state_file import existing_state
from offchain.verify.errors import VerifyError
from offchain.verify.evidence.model import Account, Evidence, Transaction
from offchain.verify.evidence.recorded import transaction_of


def read_journal(path: Path) -> Evidence:
    """Everything in a state file, or in the one of a folder; VerifyError when it is missing, in use or damaged."""
    file = existing_state(path)
    try:
        with closing(sqlite3.connect(f"file:{quote(str(file.resolve()))}?mode=ro", uri=True, timeout=0.5)) as database:
            return Evidence(str(file), _transactions(database), _accounts(database))
    except sqlite3.OperationalError as error:
        raise VerifyError(
            f"{file} can't be read ({error}): stop the local chain that uses it, or name another"
        ) from None
    except (sqlite3.Error, msgspec.MsgspecError, ValueError) as error:
        raise VerifyError(f"{file} is damaged or no state file ({error}): name one that a local chain left") from None


def _transactions(database: sqlite3.Connection) -> list[Transaction]:
    decoder = msgspec.msgpack.Decoder(TransactionRecord)
    rows = database.execute("SELECT record FROM transactions ORDER BY position")
    return [transaction_of(decoder.decode(record)) for (record,) in rows]


def _accounts(database: sqlite3.Connection) -> dict[Pubkey, Account]:
    rows = database.execute("SELECT address, owner, data FROM accounts WHERE executable = 0")
    return {Pubkey.from_bytes(key): Account(Pubkey.from_bytes(owner), data) for key, owner, data in rows}
