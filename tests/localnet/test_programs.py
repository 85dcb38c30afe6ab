"""Preloading programs, and what is said about bad ones."""

from pathlib import Path

import pytest
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.localnet import LocalChain, LocalnetError
from offchain.localnet.addresses import UPGRADEABLE_LOADER
from offchain.localnet.programs import program_data_address
from offchain.localnet.project_programs import DEPLOY, admin, programs_in, project_programs
from offchain.settings.project import load_project


def test_every_program_of_the_project_has_its_bytecode() -> None:
    programs = project_programs()
    known = load_project().deployable()
    assert set(known) == {*load_project().programs, "pyth_adapter", "switchboard_adapter"}
    assert {path.stem: str(program) for program, path in programs.items()} == known
    for path in programs.values():
        assert path.is_file(), f"{path} is missing: run scripts/build_programs"


def test_program_looks_upgradeable() -> None:
    program, path = next(iter(project_programs().items()))
    chain = LocalChain(programs={program: path}, authority=admin())
    account, data = chain.account(program), chain.account(program_data_address(program))
    assert account is not None
    assert data is not None
    assert account.data == b"\2\0\0\0" + bytes(program_data_address(program))
    assert account.executable
    assert data.data == b"\3\0\0\0" + bytes(8) + b"\1" + bytes(admin()) + path.read_bytes()
    assert {account.owner, data.owner} == {UPGRADEABLE_LOADER}
    assert {key for key, _ in chain.accounts_owned_by(UPGRADEABLE_LOADER)} >= {program, program_data_address(program)}


def test_program_without_authority() -> None:
    program, path = next(iter(project_programs().items()))
    data = LocalChain(programs={program: path}).account(program_data_address(program))
    assert data is not None
    assert data.data[12:45] == bytes(33)


def test_missing_program(tmp_path: Path) -> None:
    with pytest.raises(LocalnetError, match=r"cannot read the program .*nothing\.so.*run scripts/build_programs"):
        LocalChain(programs={Keypair().pubkey(): tmp_path / "nothing.so"})


def test_file_that_is_no_program(tmp_path: Path) -> None:
    path = tmp_path / "text.so"
    path.write_text("hello")
    with pytest.raises(LocalnetError, match="is not a compiled program"):
        LocalChain(programs={Keypair().pubkey(): path})


def test_broken_elf(tmp_path: Path) -> None:
    path = tmp_path / "broken.so"
    path.write_bytes(b"\x7fELF" + bytes(100))
    with pytest.raises(LocalnetError, match="is not a program that this chain can run"):
        LocalChain(programs={Keypair().pubkey(): path})


def test_folder_by_name_and_by_id(tmp_path: Path) -> None:
    name = next(iter(load_project().programs))
    other = Keypair().pubkey()
    bytecode = (DEPLOY / f"{name}.so").read_bytes()
    (tmp_path / f"{name}.so").write_bytes(bytecode)
    (tmp_path / f"{other}.so").write_bytes(bytecode)
    expected = {Pubkey.from_string(load_project().program_id(name)): tmp_path / f"{name}.so"}
    assert programs_in(tmp_path) == expected | {other: tmp_path / f"{other}.so"}


def test_folder_without_programs(tmp_path: Path) -> None:
    with pytest.raises(LocalnetError, match=r"no \.so files in"):
        programs_in(tmp_path)


def test_file_of_an_unknown_name(tmp_path: Path) -> None:
    (tmp_path / "mystery.so").write_bytes(b"\x7fELF")
    with pytest.raises(LocalnetError, match="named after no program"):
        programs_in(tmp_path)
