"""What is refused before anything is sent, each in one sentence that says what to do."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from solders.account import Account
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, UPGRADEABLE_LOADER, addresses
from offchain.chain.backends.embedded import EmbeddedChain
from offchain.chain.keys import development_admin
from offchain.deploy.artifacts import Artifact
from offchain.deploy.errors import DeployError
from offchain.deploy.loader_state import data_address
from offchain.deploy.node import Node
from offchain.deploy.safety import check_chain, check_keys
from offchain.deploy.target import Target
from offchain.localnet.chain import LocalChain
from offchain.localnet.rent import minimum_balance
from offchain.localnet.server import serving
from offchain.settings.project import load_project
from tests.deploy.artifacts import changed, copied, edit_manifest, other_words
from tests.deploy.stage import START, Ended, deploy, start
from tests.deploy.test_upgrade import ELF
from tests.support.patience import PATIENCE


def key_file(folder: Path, key: Keypair, name: str = "key.json") -> str:
    path = folder / name
    path.write_text(json.dumps(list(bytes(key))), encoding="utf-8")
    return str(path)


def refused(chain: LocalChain, *arguments: str, artifacts: Path | None = None) -> str:
    """The one line that the command says; nothing may have been sent."""
    count = chain.transaction_count
    with serving(chain) as endpoints:
        ended = deploy(endpoints.http, *arguments, artifacts=artifacts)
    assert ended.code == 2, ended
    assert chain.transaction_count == count
    return _line(ended)


def _line(ended: Ended) -> str:
    lines = [line for line in ended.errors.splitlines() if line.strip()]
    assert len(lines) == 1, ended.errors
    return lines[0]


@pytest.fixture
def empty() -> LocalChain:
    return LocalChain(clock="driven", start=START)


def test_a_poor_wallet_is_told_how_much_is_missing(empty: LocalChain, tmp_path: Path) -> None:
    empty.airdrop(development_admin().pubkey(), 3 * 10**9)
    said = refused(empty, "--keypair", key_file(tmp_path, development_admin()))
    assert "holds 3 SOL, this plan needs 27." in said
    assert "send it 24." in said


def test_only_the_admin_deploys(empty: LocalChain, tmp_path: Path) -> None:
    key = Keypair()
    empty.airdrop(key.pubkey(), 100 * 10**9)
    said = refused(empty, "--keypair", key_file(tmp_path, key))
    assert f"sign with {development_admin().pubkey()}, the admin compiled into the programs" in said


def test_a_foreign_account_at_a_programs_address(empty: LocalChain) -> None:
    owner = Keypair().pubkey()
    empty.set_account(LOCALNET.insurance_pool, Account(10**9, b"something", owner))
    said = refused(empty)
    assert f"{LOCALNET.insurance_pool} (insurance_pool) holds somebody else's account, of the owner {owner}" in said
    assert "scripts/program_ids" in said


def test_lamports_where_the_bytecode_belongs(empty: LocalChain) -> None:
    empty.airdrop(data_address(LOCALNET.insurance_pool), 10**6)
    assert "somebody put lamports where its bytecode belongs" in refused(empty)


def test_a_closed_program(empty: LocalChain) -> None:
    pointer = b"\2\0\0\0" + bytes(data_address(LOCALNET.risk_engine))
    empty.set_account(LOCALNET.risk_engine, Account(minimum_balance(36), pointer, UPGRADEABLE_LOADER, True))
    assert "was closed, and a closed program never comes back" in refused(empty)


def test_a_foreign_config_at_our_address(chain: LocalChain) -> None:
    """Peers, mint and the like are fixed for good: another value is another deployment."""
    account = chain.account(LOCALNET.pool_config)
    assert account is not None
    mint = bytes(Pubkey.from_string(load_project().cluster("localnet").usdc_mint))
    data = account.data.replace(mint, bytes(Keypair().pubkey()))
    chain.set_account(LOCALNET.pool_config, Account(account.lamports, data, account.owner))
    said = refused(chain)
    assert "PoolConfig.mint is" in said
    assert "another deployment stands at these addresses" in said


def test_a_file_that_is_not_what_the_manifest_says(empty: LocalChain, tmp_path: Path) -> None:
    artifacts = copied(tmp_path)
    (artifacts / "deploy" / "risk_engine.so").write_bytes(other_words(ELF))
    assert "risk_engine.so is not what the manifest says" in refused(empty, artifacts=artifacts)


def test_a_build_for_another_cluster(empty: LocalChain, tmp_path: Path) -> None:
    artifacts = copied(tmp_path)
    edit_manifest(artifacts, "risk_engine", cluster="devnet")
    said = refused(empty, artifacts=artifacts)
    assert "risk_engine was built for devnet, not for localnet" in said
    assert "scripts/build_programs --profile release --cluster localnet" in said


def test_nothing_happens_without_a_yes(empty: LocalChain) -> None:
    with serving(empty) as endpoints:
        process = start(endpoints.http)
        output, errors = process.communicate(timeout=3 * PATIENCE)
    assert process.returncode == 2
    assert "deploy risk_engine" in output, "the plan comes before the question"
    assert "Deploy to localnet for 27." in errors
    assert "add --yes" in errors
    assert empty.transaction_count == 0


def test_wrong_program_keys(empty: LocalChain, tmp_path: Path) -> None:
    for name in load_project().programs:
        key_file(tmp_path, Keypair(), f"{name}.json")
    said = refused(empty, "--program-keys", str(tmp_path))
    assert f"seahorse.toml says {LOCALNET.risk_engine}" in said


def test_a_program_that_does_not_run_is_found_before_anything_is_sent(empty: LocalChain, tmp_path: Path) -> None:
    artifacts = copied(tmp_path)
    changed(artifacts, "risk_engine", ELF[:2_000] + bytes(len(ELF) - 2_000))
    assert "is not a program that this chain can run" in refused(empty, artifacts=artifacts)


@pytest.mark.parametrize("cluster", ["devnet", "mainnet"])
def test_clusters_without_addresses_say_how_to_make_them(cluster: str, tmp_path: Path) -> None:
    ended = deploy(load_project().cluster(cluster).rpc_url, "--cluster", cluster)
    said = _line(ended)
    assert ended.code == 2
    assert f"clusters.{cluster} of seahorse.toml has no address for risk_engine" in said
    assert "scripts/program_ids FOLDER" in said
    assert f"scripts/build_programs --profile release --cluster {cluster}" in said


def test_a_local_node_is_no_mainnet(empty: LocalChain) -> None:
    assert "is a local chain, the cluster is mainnet" in refused(empty, "--cluster", "mainnet")


def target(url: str, chain: LocalChain, **changes: object) -> Target:
    """A deployment to a cluster that claims to be another one."""
    project = load_project()
    cluster = replace(project.cluster("localnet"), **changes)  # type: ignore[arg-type]
    artifact = Artifact("risk_engine", LOCALNET.risk_engine, ELF, b"{}", "development")
    return Target(project, cluster, (artifact,), addresses(), EmbeddedChain(chain), Node(url), development_admin())


def test_another_chains_genesis_is_refused(empty: LocalChain) -> None:
    devnet = load_project().cluster("devnet").genesis_hash
    with serving(empty) as endpoints:
        aimed = target(endpoints.http, empty, name="devnet", genesis_hash=devnet)
        with pytest.raises(DeployError, match=f"devnet with {devnet}: name another node with --rpc"):
            check_chain(aimed)
        aimed.node.close()


def test_a_public_clusters_node_is_no_local_chain(empty: LocalChain) -> None:
    with serving(empty) as endpoints:
        aimed = target(endpoints.http, empty)
        known = replace(aimed.project.cluster("devnet"), genesis_hash=str(empty.genesis_hash))
        aimed = replace(aimed, project=replace(aimed.project, clusters=aimed.project.clusters | {"devnet": known}))
        with pytest.raises(DeployError, match="this node is of devnet, not of localnet"):
            check_chain(aimed)
        aimed.node.close()


def test_development_keys_own_nothing_elsewhere(empty: LocalChain) -> None:
    with serving(empty) as endpoints:
        aimed = target(endpoints.http, empty, name="mainnet")
        with pytest.raises(DeployError, match=r"the signing key and .* is a public development key"):
            check_keys(aimed)
        aimed.node.close()
