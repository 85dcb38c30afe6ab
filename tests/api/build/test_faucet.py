"""Test money: on a local chain of one's own, and nowhere else."""

from dataclasses import replace

import pytest
from solders.keypair import Keypair

from offchain.api.build import faucet
from offchain.api.problems import Problem
from offchain.chain.backends.failover import FailoverChain
from offchain.chain.keys import development_admin
from offchain.chain.tokens import associated
from tests.support import world as worlds
from tests.support.building import Builder, read_problem
from tests.support.world import World


@pytest.fixture
def issued(world: World) -> World:
    """Test USDC is the development admin's to make, as after `percosec deploy`."""
    world.local.set_account(world.mint, worlds._mint_account(development_admin().pubkey()))
    return world


def test_a_new_wallet_is_funded_and_can_deposit(issued: World, api: Builder) -> None:
    to = Keypair().pubkey()
    answer = api.client.post("/v1/faucet", json={"to": str(to)})
    assert answer.status_code == 200, answer.text
    gift = answer.json()
    account = issued.chain.account(to)
    assert account is not None and gift["lamports"] == str(account.lamports) == str(10 * 10**9)
    assert gift["usdc"] == str(issued.balance(associated(to, issued.mint))) == str(10_000 * 10**6)
    built = api.post("deposit", provider=to, market=issued.market.id, amount="5000000000")
    assert built["summary"]["pays"] == "5000000000"
    again = api.client.post("/v1/faucet", json={"to": str(to), "lamports": 0, "usdc": 7}).json()
    assert (again["lamports"], again["usdc"]) == (gift["lamports"], str(10_000 * 10**6 + 7))


def test_there_is_a_most(issued: World, api: Builder) -> None:
    for more in ({"usdc": 10**12}, {"lamports": 10**12}, {"usdc": -1}, {"sol": 1}):
        body = {"to": str(issued.keeper.key), **more}
        assert read_problem(api.client.post("/v1/faucet", json=body), 400)[0] == "invalid_parameter"
    assert read_problem(api.client.post("/v1/faucet", json={"to": "z" * 40}), 400)[0] == "invalid_key"


def test_only_the_issuer_makes_usdc(world: World, api: Builder) -> None:
    body = {"to": str(world.keeper.key)}
    assert read_problem(api.client.post("/v1/faucet", json=body), 422)[0] == "no_faucet"


def test_a_public_chain_has_none(issued: World, api: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    public = next(each.genesis_hash for each in api.context.project.clusters.values() if each.genesis_hash)

    async def genesis(_chain: FailoverChain) -> str:
        return public

    monkeypatch.setattr(FailoverChain, "genesis_hash", genesis)
    body = {"to": str(issued.keeper.key)}
    assert read_problem(api.client.post("/v1/faucet", json=body), 403)[0] == "no_faucet"


async def test_another_cluster_has_none(issued: World, api: Builder) -> None:
    settings = replace(api.context.settings, cluster="devnet")
    context = replace(api.context, settings=settings)
    with pytest.raises(Problem, match="no faucet on devnet"):
        await faucet.give(context, faucet.GiftRequest(to=str(issued.keeper.key)))
