"""The upgradeable loader: what it does and what it refuses, on every chain alike."""

from typing import Any

import pytest
from solana.rpc.async_api import AsyncClient
from solders.instruction import AccountMeta, Instruction
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, UPGRADEABLE_LOADER
from offchain.deploy import loader
from offchain.deploy.accounts import create, create_seeded
from offchain.deploy.loader_state import BUFFER_HEADER, PROGRAM_BYTES, data_address, read_buffer
from tests.conformance.legs import Leg
from tests.conformance.toolbox import SOL, funded, refusal, run, signed

SIZE = 500
SEED = "conformance"


class Owner:
    """Somebody with a buffer."""

    def __init__(self, client: AsyncClient, key: Keypair) -> None:
        self.client = client
        self.key = key
        self.me = key.pubkey()
        self.buffer = Pubkey.create_with_seed(self.me, SEED, UPGRADEABLE_LOADER)

    async def make(self) -> None:
        """Create the buffer, with some bytes in it."""
        size = BUFFER_HEADER + SIZE
        rent = await self.rent(size)
        steps = create_seeded(self.me, SEED, 0, rent, size, UPGRADEABLE_LOADER)
        await self.do(*steps, loader.initialize_buffer(self.buffer, self.me))
        await self.do(loader.write(self.buffer, self.me, 3, b"bytes"))

    async def do(self, *instructions: Instruction, signers: tuple[Keypair, ...] = ()) -> None:
        await run(self.client, instructions, self.key, *signers)

    async def refused(self, *instructions: Instruction, signers: tuple[Keypair, ...] = ()) -> Any:
        """Why the last instruction fails."""
        transaction = await signed(self.client, instructions, self.key, *signers)
        err = (await refusal(self.client, transaction))["data"]["err"]
        index, reason = err["InstructionError"]
        assert index == len(instructions) - 1
        return reason

    async def rent(self, size: int) -> int:
        return (await self.client.get_minimum_balance_for_rent_exemption(size)).value

    async def lamports(self, key: Pubkey) -> int:
        return (await self.client.get_balance(key)).value


@pytest.fixture
async def owner(client: AsyncClient, leg: Leg) -> Owner:
    made = Owner(client, await funded(client, leg.bank, SOL))
    await made.make()
    return made


async def test_a_buffer_holds_what_was_written(owner: Owner) -> None:
    found = read_buffer((await owner.client.get_account_info(owner.buffer)).value)
    assert found is not None
    assert found.authority == owner.me
    assert found.content == bytes(3) + b"bytes" + bytes(SIZE - 8)


async def test_only_the_authority_writes_and_closes(owner: Owner, client: AsyncClient, leg: Leg) -> None:
    stranger = Owner(client, await funded(client, leg.bank))
    assert await stranger.refused(loader.write(owner.buffer, stranger.me, 0, b"x")) == "IncorrectAuthority"
    close = loader.close_buffer(owner.buffer, stranger.me, stranger.me)
    assert await stranger.refused(close) == "IncorrectAuthority"
    take = loader.set_authority(owner.buffer, stranger.me, stranger.me)
    assert await stranger.refused(take) == "IncorrectAuthority"


async def test_the_authority_must_sign(owner: Owner, client: AsyncClient, leg: Leg) -> None:
    stranger = Owner(client, await funded(client, leg.bank))
    write = loader.write(owner.buffer, owner.me, 0, b"x")
    unsigned = Instruction(write.program_id, write.data, [write.accounts[0], AccountMeta(owner.me, False, False)])
    assert await stranger.refused(unsigned) == "MissingRequiredSignature"


async def test_a_write_beyond_the_end(owner: Owner) -> None:
    assert await owner.refused(loader.write(owner.buffer, owner.me, SIZE, b"x")) == "AccountDataTooSmall"


async def test_a_buffer_is_made_once(owner: Owner) -> None:
    assert await owner.refused(loader.initialize_buffer(owner.buffer, owner.me)) == "AccountAlreadyInitialized"


async def test_a_closed_buffer_pays_back(owner: Owner) -> None:
    before, held = await owner.lamports(owner.me), await owner.lamports(owner.buffer)
    await owner.do(loader.close_buffer(owner.buffer, owner.me, owner.me))
    assert await owner.lamports(owner.me) == before + held - 5_000
    assert (await owner.client.get_account_info(owner.buffer)).value is None
    await owner.make()


async def test_a_buffer_changes_hands(owner: Owner, client: AsyncClient, leg: Leg) -> None:
    heir = Owner(client, await funded(client, leg.bank))
    await owner.do(loader.set_authority(owner.buffer, owner.me, heir.me))
    assert await owner.refused(loader.write(owner.buffer, owner.me, 0, b"x")) == "IncorrectAuthority"
    await heir.do(loader.write(owner.buffer, heir.me, 0, b"x"))


async def test_what_is_no_bytecode_becomes_no_program(owner: Owner) -> None:
    program = Keypair()
    rent = await owner.rent(PROGRAM_BYTES)
    steps = create(owner.me, program.pubkey(), 0, rent, PROGRAM_BYTES, UPGRADEABLE_LOADER)
    deploy = loader.deploy(owner.me, program.pubkey(), owner.buffer, owner.me, SIZE)
    assert await owner.refused(*steps, deploy, signers=(program,)) == "InvalidAccountData"
    short = loader.deploy(owner.me, program.pubkey(), owner.buffer, owner.me, SIZE - 1)
    assert await owner.refused(*steps, short, signers=(program,)) == "AccountDataTooSmall"


async def test_a_strangers_buffer_upgrades_nothing(owner: Owner) -> None:
    upgrade = loader.upgrade(LOCALNET.risk_engine, owner.buffer, owner.me, owner.me)
    assert await owner.refused(upgrade) == "IncorrectAuthority"
    take = loader.set_authority(data_address(LOCALNET.risk_engine), owner.me, owner.me)
    assert await owner.refused(take) == "IncorrectAuthority"
