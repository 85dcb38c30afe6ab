"""Programs that transactions deploy, upgrade, hand over and close on the local chain, by the real loader's rules."""

from pathlib import Path

import pytest
from solders.account import Account
from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain import transactions
from offchain.chain.addresses import UPGRADEABLE_LOADER
from offchain.chain.keys import dev_key
from offchain.deploy import loader
from offchain.deploy.accounts import create, create_seeded
from offchain.deploy.loader_state import BUFFER_HEADER, PROGRAM_BYTES, data_address, read_program_data
from offchain.localnet import LocalChain
from offchain.localnet.project_programs import DEPLOY
from offchain.localnet.records import TransactionRecord
from offchain.localnet.rent import minimum_balance
from tests.localnet.wallet import START, rich

HANDLER, POOL = (DEPLOY / f"{name}.so" for name in ("insolvency_handler", "premium_manager"))
WRONG_ID = {"InstructionError": [0, {"Custom": 4100}]}
"""Anchor's answer of a program that runs at another address than its own: it runs."""


class Deployer:
    """A wallet with a chain of its own."""

    def __init__(self, state: Path | None = None) -> None:
        self.chain = LocalChain(clock="driven", start=START, state=state)
        self.key = rich(self.chain)
        self.program = dev_key("insolvency_handler")

    def send(self, *instructions: Instruction, signers: tuple[Keypair, ...] = ()) -> TransactionRecord:
        return self.chain.send(transactions.build(instructions, [self.key, *signers], self.chain.latest_blockhash()))

    def fill(self, seed: str, elf: bytes, authority: Pubkey | None = None) -> Pubkey:
        """A buffer with this bytecode: created and written to by transaction, filled at once."""
        me = self.key.pubkey()
        buffer, size = Pubkey.create_with_seed(me, seed, UPGRADEABLE_LOADER), BUFFER_HEADER + len(elf)
        steps = create_seeded(me, seed, 0, minimum_balance(size), size, UPGRADEABLE_LOADER)
        assert self.send(*steps, loader.initialize_buffer(buffer, authority or me)).err is None
        if authority is None:
            assert self.send(loader.write(buffer, me, 0, elf[:900])).err is None
        account = self.chain.account(buffer)
        assert account is not None
        self.chain.set_account(buffer, Account(account.lamports, account.data[:BUFFER_HEADER] + elf, account.owner))
        return buffer

    def deploy(self, elf: bytes, room: int = 0) -> TransactionRecord:
        me, program = self.key.pubkey(), self.program.pubkey()
        buffer = self.fill("new", elf)
        rent = minimum_balance(PROGRAM_BYTES)
        steps = create(me, program, self.chain_lamports(program), rent, PROGRAM_BYTES, UPGRADEABLE_LOADER)
        return self.send(*steps, loader.deploy(me, program, buffer, me, room or len(elf)), signers=(self.program,))

    def chain_lamports(self, key: Pubkey) -> int:
        account = self.chain.account(key)
        return account.lamports if account else 0

    def call(self) -> TransactionRecord:
        return self.send(Instruction(self.program.pubkey(), b"12345678", []))

    def content(self) -> bytes:
        data = read_program_data(self.chain.account(data_address(self.program.pubkey())))
        assert data is not None
        return data.content


@pytest.fixture
def deployer() -> Deployer:
    return Deployer()


def test_a_program_is_deployed_by_transaction_and_runs(deployer: Deployer) -> None:
    elf = HANDLER.read_bytes()
    record = deployer.deploy(elf)
    assert record.err is None, record.logs
    assert deployer.content() == elf
    account = deployer.chain.account(deployer.program.pubkey())
    assert account is not None
    assert account.executable
    assert deployer.chain.account(Pubkey.create_with_seed(deployer.key.pubkey(), "new", UPGRADEABLE_LOADER)) is None
    answer = deployer.call()
    assert answer.err is not None
    assert f"Program {deployer.program.pubkey()} invoke [1]" in answer.logs


def test_lamports_at_the_address_do_not_stop_a_deployment(deployer: Deployer) -> None:
    deployer.chain.airdrop(deployer.program.pubkey(), 10**7)
    assert deployer.deploy(HANDLER.read_bytes()).err is None


def test_an_upgrade_replaces_what_runs(deployer: Deployer) -> None:
    me, program = deployer.key.pubkey(), deployer.program.pubkey()
    old, new = HANDLER.read_bytes(), POOL.read_bytes()
    assert deployer.deploy(old).err is None
    assert deployer.call().err != WRONG_ID
    buffer = deployer.fill("next", new)
    short = deployer.send(loader.upgrade(program, buffer, me, me))
    assert short.err == {"InstructionError": [0, "AccountDataTooSmall"]}
    assert deployer.send(loader.extend(program, me, len(new) - len(old))).err is None
    assert deployer.send(loader.upgrade(program, buffer, me, me)).err is None
    assert deployer.content() == new
    assert deployer.call().err == WRONG_ID


def test_a_simulated_upgrade_changes_nothing(deployer: Deployer) -> None:
    me, program = deployer.key.pubkey(), deployer.program.pubkey()
    old, new = HANDLER.read_bytes(), POOL.read_bytes()
    assert deployer.deploy(old, len(new)).err is None
    buffer = deployer.fill("next", new)
    steps = [loader.upgrade(program, buffer, me, me)]
    trial = deployer.chain.simulate(transactions.build(steps, [deployer.key], deployer.chain.latest_blockhash()))
    assert trial.err is None
    assert deployer.content()[: len(old)] == old
    assert deployer.call().err != WRONG_ID


def test_only_the_authority_upgrades(deployer: Deployer) -> None:
    me, program, next_owner = deployer.key.pubkey(), deployer.program.pubkey(), Keypair().pubkey()
    elf = HANDLER.read_bytes()
    assert deployer.deploy(elf).err is None
    assert deployer.send(loader.set_authority(data_address(program), me, next_owner)).err is None
    buffer = deployer.fill("next", elf)
    refused = deployer.send(loader.upgrade(program, buffer, me, me))
    assert refused.err == {"InstructionError": [0, "IncorrectAuthority"]}
    again = deployer.send(loader.set_authority(data_address(program), me, me))
    assert again.err == {"InstructionError": [0, "IncorrectAuthority"]}


def test_bytecode_that_cannot_run_is_refused(deployer: Deployer) -> None:
    elf = HANDLER.read_bytes()
    record = deployer.deploy(elf[:1_000] + bytes(len(elf) - 1_000))
    assert record.err == {"InstructionError": [1, "InvalidAccountData"]}
    assert deployer.chain.account(deployer.program.pubkey()) is None


def test_a_closed_buffer_gives_its_lamports_back(deployer: Deployer) -> None:
    me = deployer.key.pubkey()
    buffer = deployer.fill("new", HANDLER.read_bytes())
    before, held = deployer.chain_lamports(me), deployer.chain_lamports(buffer)
    record = deployer.send(loader.close_buffer(buffer, me, me))
    assert record.err is None
    assert deployer.chain_lamports(me) == before + held - record.fee
    assert deployer.chain.account(buffer) is None


def test_a_buffer_that_became_a_program_can_be_made_again(deployer: Deployer) -> None:
    elf = HANDLER.read_bytes()
    assert deployer.deploy(elf).err is None
    assert deployer.fill("new", elf) is not None


def test_a_closed_program_does_not_run_any_more(deployer: Deployer) -> None:
    assert deployer.deploy(HANDLER.read_bytes()).err is None
    me, program = deployer.key.pubkey(), deployer.program.pubkey()
    close = loader.close_buffer(data_address(program), me, me)
    metas = [*close.accounts, *loader.initialize_buffer(program, me).accounts[:1]]
    assert deployer.send(Instruction(close.program_id, close.data, metas)).err is None
    assert deployer.call().err is not None
    assert not any("invoke [1]" in line for line in deployer.call().logs)


def test_what_was_deployed_survives_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "chain.sqlite"
    first = Deployer(state)
    elf = HANDLER.read_bytes()
    assert first.deploy(elf, len(elf) + 500).err is None
    first.chain.close()
    preloaded = {first.program.pubkey(): POOL}
    with_programs = LocalChain(clock="driven", state=state, programs=preloaded)
    first.chain = with_programs
    assert first.content() == elf + bytes(500)
    assert first.call().err != WRONG_ID
