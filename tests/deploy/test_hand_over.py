"""Handing every authority to another address, and what is left for it to accept."""

from pathlib import Path

from solders.keypair import Keypair

from offchain.chain.accounts import decode_account
from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.insurance_pool.accounts import PoolConfig
from offchain.chain.instructions.admin import accept_admin
from offchain.chain.keys import development_admin
from offchain.deploy import idl
from offchain.deploy.authorities import CONFIGS
from offchain.deploy.loader_state import data_address, read_program_data
from offchain.localnet.chain import LocalChain
from tests.deploy.artifacts import changed, copied, other_words
from tests.deploy.sending import send
from tests.deploy.stage import deploy
from tests.deploy.test_upgrade import ELF, NAME


def test_everything_is_handed_over_and_stays_so(chain: LocalChain, url: str, tmp_path: Path) -> None:
    heir = Keypair()
    chain.airdrop(heir.pubkey(), 10**9)
    ended = deploy(url, "--hand-over", str(heir.pubkey()))
    assert ended.code == 0, ended.errors
    assert ended.titles == []
    handed = ended.document["hand_over"]
    assert handed["to_accept"] == list(CONFIGS)
    titles = [step["title"] for step in handed["plan"]["steps"]]
    for name, program in LOCALNET.programs.items():
        assert f"hand over the upgrades of {name}" in titles
        data = read_program_data(chain.account(data_address(program)))
        published = idl.read_idl(chain.account(idl.idl_address(program)), program)
        assert data is not None
        assert published is not None
        assert data.authority == published.authority == heir.pubkey()
    config = _pool(chain)
    assert (config.admin, config.pending_admin) == (development_admin().pubkey(), heir.pubkey())

    for name in CONFIGS:
        send(chain, [accept_admin(name, heir.pubkey())], heir)  # type: ignore[arg-type]
    assert _pool(chain).admin == heir.pubkey()
    count = chain.transaction_count
    again = deploy(url, "--hand-over", str(heir.pubkey()))
    assert again.code == 0, again.errors
    assert again.titles == []
    assert again.document["hand_over"]["plan"]["steps"] == []
    assert again.document["hand_over"]["to_accept"] == []
    assert chain.transaction_count == count

    artifacts = copied(tmp_path)
    changed(artifacts, NAME, other_words(ELF))
    refused = deploy(url, artifacts=artifacts)
    assert refused.code == 2
    assert f"only {heir.pubkey()} may upgrade it" in refused.errors
    third = deploy(url, "--hand-over", str(Keypair().pubkey()))
    assert third.code == 2
    assert f"the admin of risk_engine is {heir.pubkey()}: only that key can hand it over" in third.errors


def test_nobody_takes_over_nothing(url: str) -> None:
    ended = deploy(url, "--hand-over", "11111111111111111111111111111111")
    assert ended.code == 2
    assert "the address of nobody can't take over" in ended.errors


def _pool(chain: LocalChain) -> PoolConfig:
    address = LOCALNET.pool_config
    return decode_account(PoolConfig, chain.account(address), LOCALNET.insurance_pool, address)
