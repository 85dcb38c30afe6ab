"""Accounts of the upgradeable loader, and bytecode with spare room behind it."""

import pytest
from solders.account import Account
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain.addresses import UPGRADEABLE_LOADER
from offchain.deploy.loader_state import read_buffer, read_program, read_program_data
from offchain.deploy.site import without_room
from offchain.settings.paths import ARTIFACTS

KEY = Keypair().pubkey()
DATA = b"\3\0\0\0" + (77).to_bytes(8, "little") + b"\1" + bytes(KEY) + b"elf" + bytes(5)
BUFFER = b"\1\0\0\0\1" + bytes(KEY) + b"elf"
PROGRAM = b"\2\0\0\0" + bytes(KEY)


def of_loader(data: bytes) -> Account:
    return Account(1, data, UPGRADEABLE_LOADER)


def test_each_kind_is_read_and_no_other_taken_for_it() -> None:
    buffer, data = read_buffer(of_loader(BUFFER)), read_program_data(of_loader(DATA))
    assert buffer is not None
    assert data is not None
    assert (buffer.authority, buffer.content) == (KEY, b"elf")
    assert (data.slot, data.authority, data.content) == (77, KEY, b"elf" + bytes(5))
    assert read_program(of_loader(PROGRAM)) == KEY
    for content in (BUFFER, DATA, PROGRAM):
        found = [read(of_loader(content)) for read in (read_buffer, read_program, read_program_data)]
        assert sum(one is not None for one in found) == 1


@pytest.mark.parametrize("account", [None, Account(1, DATA, Pubkey.default()), of_loader(b""), of_loader(DATA[:20])])
def test_nothing_is_read_from_other_accounts(account: Account | None) -> None:
    assert read_buffer(account) is None
    assert read_program(account) is None
    assert read_program_data(account) is None


def test_nobody_may_upgrade_a_final_program() -> None:
    final = read_program_data(of_loader(DATA[:12] + b"\0" + DATA[13:]))
    assert final is not None
    assert final.authority is None


def test_bytecode_is_compared_with_the_zeros_behind_it() -> None:
    data = read_program_data(of_loader(DATA))
    assert data is not None
    assert data.holds(b"elf")
    assert not data.holds(b"el")
    assert not data.holds(b"elf" + bytes(6))


def test_the_room_behind_bytecode_does_not_change_its_hash() -> None:
    for path in (ARTIFACTS / "deploy").glob("*.so"):
        elf = path.read_bytes()
        assert without_room(elf) == without_room(elf + bytes(10_240)) == elf
    assert without_room(elf + b"\1\0") == elf + b"\1"
