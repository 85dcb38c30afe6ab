"""The state file: what survives a restart, and what is said about a bad one."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from solders.account import Account
from solders.keypair import Keypair

from offchain.localnet import LocalChain, LocalnetError, TransactionRefusedError
from offchain.localnet.project_programs import project_programs
from offchain.localnet.state_file import existing_state, state_file
from tests.localnet.wallet import SOL, START, accounts, driven_chain, payment, rich


def _chain(state: Path, start: int | None = None) -> LocalChain:
    return LocalChain(clock="driven", start=start, state=state)


def test_everything_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "chain.sqlite"
    first = _chain(path, START)
    key, to = rich(first), Keypair().pubkey()
    landed = first.send(payment(first, key, to))
    failed = first.send(payment(first, key, to, 10**15))
    gone = Keypair()
    first.airdrop(gone.pubkey(), SOL)
    first.send(payment(first, gone, to, SOL - 5_000))
    first.advance(1_000)
    pending = payment(first, key, to)
    before = accounts(first), first.transactions(), first.slot, first.unix_timestamp, first.genesis_hash
    first.close()

    second = _chain(path)
    assert (accounts(second), second.transactions(), second.slot, second.unix_timestamp, second.genesis_hash) == before
    assert second.transaction(landed.signature) == landed
    assert second.transaction(failed.signature) == failed
    assert second.account(gone.pubkey()) is None
    assert len(second.transactions_of(to)) == 3
    assert second.send(pending).err is None
    second.airdrop(to, SOL)
    second.close()


def test_repetition_is_refused_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "chain.sqlite"
    first = _chain(path, START)
    key = rich(first)
    with first.one_slot():
        transaction = payment(first, key, Keypair().pubkey())
        first.send(transaction)
    first.close()
    second = _chain(path)
    with pytest.raises(TransactionRefusedError):
        second.send(transaction)
    assert second.simulate(transaction, replace_blockhash=True).err is None
    second.close()


def test_programs_survive_a_restart(tmp_path: Path) -> None:
    programs = project_programs()
    first = LocalChain(clock="driven", start=START, programs=programs, state=tmp_path / "c.sqlite")
    before = {program: first.account(program) for program in programs}
    first.close()
    second = _chain(tmp_path / "c.sqlite")
    assert {program: second.account(program) for program in programs} == before
    second.close()


def test_a_killed_chain_loses_nothing_that_landed(tmp_path: Path) -> None:
    path = tmp_path / "chain.sqlite"
    script = f"""
import os, signal
from pathlib import Path
from solders.keypair import Keypair
from tests.localnet.wallet import rich, payment
from offchain.localnet import LocalChain
chain = LocalChain(clock="driven", start={START}, state=Path({str(path)!r}))
key = rich(chain)
for _ in range(20):
    record = chain.send(payment(chain, key, Keypair().pubkey()))
print(record.signature, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ended.returncode == -9
    chain = _chain(path)
    assert chain.transaction_count == 21
    assert str(chain.transactions()[-1].signature) == ended.stdout.strip()
    chain.close()


def test_saving_a_chain_from_memory(tmp_path: Path) -> None:
    chain = driven_chain()
    key = rich(chain)
    chain.send(payment(chain, key, Keypair().pubkey()))
    chain.save(tmp_path / "saved.sqlite")
    copy = _chain(tmp_path / "saved.sqlite")
    assert accounts(copy) == accounts(chain)
    assert copy.transactions() == chain.transactions()
    copy.close()
    with pytest.raises(LocalnetError, match="already holds a chain"):
        chain.save(tmp_path / "saved.sqlite")


def test_amounts_up_to_the_edge(tmp_path: Path) -> None:
    path = tmp_path / "chain.sqlite"
    first = _chain(path, START)
    key = Keypair().pubkey()
    account = Account(2**63 - 1, bytes(range(256)), Keypair().pubkey(), False, 2**64 - 1)
    first.set_account(key, account)
    first.close()
    second = _chain(path)
    assert second.account(key) == account
    second.close()


def test_start_before_the_state(tmp_path: Path) -> None:
    path = tmp_path / "chain.sqlite"
    first = _chain(path, START)
    first.advance(100)
    first.close()
    with pytest.raises(LocalnetError, match=f"has reached {START + 100}: start then or later"):
        _chain(path, START)
    later = _chain(path, START + 500)
    assert later.unix_timestamp == START + 500
    later.close()


@pytest.mark.parametrize("content", [b"hello, I am text", b"SQLite format 3\0" + bytes(500), bytes(4096)])
def test_file_that_is_no_state(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "chain.sqlite"
    path.write_bytes(content)
    with pytest.raises(LocalnetError, match="is damaged or not one of ours"):
        _chain(path)


def test_truncated_file(tmp_path: Path) -> None:
    path = _saved(tmp_path)
    path.write_bytes(path.read_bytes()[:-4096])
    with pytest.raises(LocalnetError, match="is damaged"):
        _chain(path)


def test_file_with_damage_inside(tmp_path: Path) -> None:
    path = _saved(tmp_path)
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 : page * 4096 + 200] = bytes(200)
    path.write_bytes(content)
    with pytest.raises(LocalnetError, match="is damaged"):
        _chain(path)


def test_record_that_cannot_be_read(tmp_path: Path) -> None:
    path = _saved(tmp_path)
    with sqlite3.connect(path) as database:
        database.execute("UPDATE transactions SET record = x'00'")
    database.close()
    with pytest.raises(LocalnetError, match="is damaged"):
        _chain(path)


def test_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "chain.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE notes (text)")
    database.close()
    with pytest.raises(LocalnetError, match="belongs to another program"):
        _chain(path)


def test_file_of_another_version(tmp_path: Path) -> None:
    path = _saved(tmp_path)
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(LocalnetError, match="another version"):
        _chain(path)


def test_file_in_use(tmp_path: Path) -> None:
    first = _chain(tmp_path / "chain.sqlite", START)
    with pytest.raises(LocalnetError, match="in use by another local chain"):
        _chain(tmp_path / "chain.sqlite")
    first.close()


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(LocalnetError, match="cannot write the state file"):
        _chain(tmp_path / "file" / "chain.sqlite")


def test_folder_or_file(tmp_path: Path) -> None:
    assert state_file(tmp_path) == tmp_path / "chain.sqlite"
    assert state_file(tmp_path / "new") == tmp_path / "new" / "chain.sqlite"
    assert state_file(tmp_path / "my.db") == tmp_path / "my.db"
    with pytest.raises(LocalnetError, match="does not exist"):
        existing_state(tmp_path)


def _saved(folder: Path) -> Path:
    """A closed state file with some transactions in it."""
    path = folder / "chain.sqlite"
    chain = _chain(path, START)
    key = rich(chain)
    for _ in range(50):
        chain.send(payment(chain, key, Keypair().pubkey()))
    chain.close()
    return path
