"""`percosec deploy` on a chain without anything, and again on one that has everything."""

import anchorpy
from solders.account import Account
from solders.keypair import Keypair

from offchain.chain.addresses import LOCALNET, UPGRADEABLE_LOADER
from offchain.chain.backends.embedded import EmbeddedChain
from offchain.chain.epochs import Schedule
from offchain.chain.keys import development_admin
from offchain.deploy import idl
from offchain.deploy.loader_state import read_program_data
from offchain.localnet.chain import LocalChain
from offchain.localnet.connect import client_of
from offchain.settings.paths import ARTIFACTS
from offchain.settings.project import load_project
from tests.deploy.conftest import Deployed
from tests.deploy.life import live_a_little
from tests.deploy.stage import deploy, protocol_accounts


def test_the_plan_names_every_program_idl_and_market(deployed: Deployed) -> None:
    titles = deployed.ended.titles
    for name in load_project().programs:
        assert f"deploy {name}" in titles
        assert f"publish the IDL of {name}" in titles
    for market in load_project().cluster("localnet").markets:
        assert f"register {market.name}" in titles
        assert f"push the terms of {market.name}" in titles
    assert "create the test USDC" in titles
    assert "allow the demo market as an engine" in titles
    assert all(finding["ok"] for finding in deployed.ended.document["verified"])


def test_the_plan_costs_what_it_says(deployed: Deployed, chain: LocalChain) -> None:
    plan = deployed.ended.document["plan"]
    records = chain.transactions()[1:]  # after the airdrop
    assert sum(step["transactions"] for step in plan["steps"]) == len(records)
    assert plan["fees"] == sum(record.fee for record in records)
    admin = chain.account(development_admin().pubkey())
    assert admin is not None
    given = chain.transactions()[0].post_balances[1]
    assert given - admin.lamports == plan["rent"] + plan["fees"]


def test_the_bytecode_is_the_artifact_and_no_buffer_is_left(chain: LocalChain) -> None:
    held = {key: read_program_data(account) for key, account in chain.accounts_owned_by(UPGRADEABLE_LOADER)}
    contents = {data.content for data in held.values() if data is not None}
    for name in load_project().programs:
        assert (ARTIFACTS / "deploy" / f"{name}.so").read_bytes() in contents
    assert len(held) == 2 * len(contents)


def test_a_second_run_finds_nothing_to_do(chain: LocalChain, url: str) -> None:
    before, count, admin = protocol_accounts(chain), chain.transaction_count, _admin(chain)
    ended = deploy(url)
    assert ended.code == 0, ended.errors
    assert ended.titles == []
    assert ended.document["sent"] is False
    assert all(finding["ok"] for finding in ended.document["verified"])
    assert chain.transaction_count == count
    assert protocol_accounts(chain) == before
    assert _admin(chain) == admin


async def test_anchor_clients_find_the_idls(chain: LocalChain) -> None:
    provider = anchorpy.Provider(client_of(chain), anchorpy.Wallet(Keypair()))
    for name, program in LOCALNET.programs.items():
        raw = await anchorpy.Program.fetch_raw_idl(program, provider)
        assert raw == (ARTIFACTS / "idl" / f"{name}.json").read_text(encoding="utf-8")


def test_an_idl_that_a_stranger_published_first_stays_and_is_named(chain: LocalChain, url: str) -> None:
    """Anchor lets anybody create it; it tells readers how to decode and moves nothing."""
    program, stranger = LOCALNET.risk_engine, Keypair().pubkey()
    account = chain.account(idl.idl_address(program))
    assert account is not None
    foreign = account.data[:8] + bytes(stranger) + account.data[40:100] + bytes(len(account.data) - 100)
    chain.set_account(idl.idl_address(program), Account(account.lamports, foreign, program))
    count = chain.transaction_count
    ended = deploy(url)
    assert ended.code == 0, ended.errors
    assert ended.titles == []
    note = f"the IDL of risk_engine belongs to {stranger} and is another version; left as it is"
    assert note in ended.document["plan"]["notes"]
    assert chain.transaction_count == count


def test_the_protocol_works(chain: LocalChain) -> None:
    def fund(key: Keypair) -> None:
        chain.airdrop(key.pubkey(), 10**9)

    def next_epoch(schedule: Schedule) -> None:
        chain.advance(schedule.epoch_seconds)

    live_a_little(EmbeddedChain(chain), fund, next_epoch)


def _admin(chain: LocalChain) -> Account | None:
    return chain.account(development_admin().pubkey())
