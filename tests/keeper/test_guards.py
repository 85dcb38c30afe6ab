"""What keeps a keeper from starting, in one line each, and what stops it later."""

from dataclasses import replace
from pathlib import Path

import pytest
from solders.account import Account
from solders.keypair import Keypair

from offchain.chain.backends.failover import FailoverChain
from offchain.chain.directory import load_directory
from offchain.deploy.errors import DeployError
from offchain.deploy.loader_state import data_address
from offchain.errors import PercosecError
from offchain.keeper import guards
from offchain.keeper.guards import GuardError
from offchain.keeper.wallet import Wallet
from offchain.localnet.chain import LocalChain
from offchain.localnet.server import serving
from offchain.settings.project import load_project
from tests.support.keeping import QUICK, Place, keeping, place_of
from tests.support.keys import User
from tests.support.world import World


async def refusal(place: Place, who: User, **changes: object) -> str:
    """Why a keeper does not start."""
    with pytest.raises(PercosecError) as caught:
        async with keeping(place, who, place.settings(**changes)):
            raise AssertionError("it should not start")
    return str(caught.value)


def replace_code(world: World, name: str, keep: int, data: bytes) -> None:
    """Put other bytecode behind a program."""
    address = data_address(world.at.programs[name])
    account = world.local.account(address)
    assert account is not None
    world.local.set_account(address, Account(account.lamports, account.data[:keep] + data, account.owner))


async def test_an_empty_wallet(place: Place, world: World, stranger: User) -> None:
    world.local.set_account(stranger.key, None)
    assert await refusal(place, stranger) == (
        f"the wallet {stranger.key} is empty: send it some SOL (0.1 is enough to begin)"
    )


async def test_a_wallet_that_cannot_pay_for_its_token_account(place: Place, world: World, stranger: User) -> None:
    world.local.set_account(stranger.key, Account(1_000_000, b"", stranger.key.default()))
    assert "holds only 1000000 lamports" in await refusal(place, stranger)


async def test_a_missing_usdc_account_is_created_but_not_in_a_dry_run(
    place: Place, world: World, stranger: User
) -> None:
    assert "run once without --dry-run" in await refusal(place, stranger, keeper=replace(QUICK, dry_run=True))
    async with keeping(place, stranger) as run:
        assert run.steps("account")
    assert world.balance(stranger) == 0


async def test_a_program_that_is_not_ours(place: Place, world: World, stranger: User) -> None:
    replace_code(world, "insurance_pool", 45, b"\x7fELF something else")
    said = await refusal(place, stranger)
    assert said.startswith(f"insurance_pool at {world.at.insurance_pool} is another program than this package")
    assert "upgraded in slot 0" in said


async def test_a_cluster_is_held_to_its_own_build(place: Place, world: World) -> None:
    project = load_project()
    local = project.cluster("localnet")
    devnet = replace(local, name="devnet")
    claimed = replace(project, clusters={**project.clusters, "devnet": devnet})
    chain = FailoverChain([place.endpoints.http])
    try:
        assert await guards.check_programs(chain, world.at, project, "localnet") is not None
        with pytest.raises(DeployError, match=r"there is no build for devnet in .*release-devnet"):
            await guards.check_programs(chain, world.at, claimed, "devnet")
    finally:
        await chain.close()


async def test_a_program_that_is_upgraded_while_it_runs(
    place: Place, world: World, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("offchain.keeper.keeper.LOOK_SECONDS", 0.1)
    with pytest.raises(GuardError, match="risk_engine was upgraded while the keeper ran"):
        async with keeping(place, stranger) as run:
            account = world.local.account(data_address(world.at.risk_engine))
            assert account is not None
            slot = (77).to_bytes(8, "little")
            replace_code(world, "risk_engine", 4, slot + account.data[12:])
            await run.until(lambda: False)


async def test_a_chain_without_the_programs(stranger: User, tmp_path: Path) -> None:
    empty = LocalChain(clock="driven", start=1_583_800_000)
    with serving(empty) as endpoints:
        assert "risk_engine is not on this chain: deploy the programs first" in await refusal(
            Place(World.bare(), endpoints, tmp_path), stranger
        )


async def test_programs_that_are_not_configured(tmp_path: Path) -> None:
    world = World.bare()
    with place_of(world, tmp_path) as place:
        assert "the programs are not configured on this chain" in await refusal(place, world.keeper)


async def test_a_node_of_another_cluster(place: Place) -> None:
    chain = FailoverChain([place.endpoints.http])
    project = load_project()
    try:
        with pytest.raises(GuardError, match="the node is not one of mainnet: its genesis hash is"):
            await guards.check_cluster(chain, project, "mainnet")
        found = await chain.genesis_hash()
        devnet = replace(project.clusters["devnet"], genesis_hash=found)
        disguised = replace(project, clusters={**project.clusters, "devnet": devnet})
        with pytest.raises(GuardError, match="is one of devnet, the settings say localnet: give --cluster devnet"):
            await guards.check_cluster(chain, disguised, "localnet")
    finally:
        await chain.close()


async def test_a_deployment_that_does_not_pay_in_usdc(world: World) -> None:
    risk = load_directory(world.chain, world.at).risk
    assert guards.check_mint(risk, load_project(), "localnet") == world.mint
    with pytest.raises(GuardError, match="not in USDC"):
        guards.check_mint(risk, load_project(), "mainnet")


async def test_no_node_at_all(place: Place, stranger: User) -> None:
    said = await refusal(place, stranger, rpc_urls=("http://127.0.0.1:9",))
    assert said == "the node http://127.0.0.1:9 fails (ConnectError): check the address and that it runs"


async def test_a_wallet_knows_what_it_holds(place: Place, world: World) -> None:
    chain = FailoverChain([place.endpoints.http])
    try:
        rich = Wallet(world.creator.pair, world.mint)
        await rich.look(chain)
        assert (rich.has_token, rich.usdc) == (True, world.balance(world.creator))
        poor = Wallet(Keypair(), world.mint)
        await poor.look(chain)
        assert (poor.lamports, poor.usdc, poor.has_token) == (0, 0, False)
    finally:
        await chain.close()
