"""Upgrades: a changed build replaces what is deployed, and only its authority can."""

import json
from pathlib import Path

import pytest
from solders.keypair import Keypair

from offchain.build.manifest import file_hash
from offchain.chain.addresses import LOCALNET
from offchain.chain.errors import ProgramError
from offchain.chain.keys import development_admin
from offchain.deploy import idl, loader
from offchain.deploy.loader_state import data_address, read_program_data
from offchain.localnet.chain import LocalChain
from offchain.settings.paths import ARTIFACTS
from tests.deploy.artifacts import MORE, changed, copied, edit_manifest, longer, other_words
from tests.deploy.sending import refusal_of_a_stranger, send
from tests.deploy.stage import SOL, Ended, deploy, start

NAME = "risk_engine"
ELF = (ARTIFACTS / "deploy" / f"{NAME}.so").read_bytes()


def content(chain: LocalChain) -> bytes:
    data = read_program_data(chain.account(data_address(LOCALNET.risk_engine)))
    assert data is not None
    return data.content


def hashes(ended: Ended, title: str) -> str:
    return str(next(step["detail"] for step in ended.document["plan"]["steps"] if step["title"] == title))


def test_a_changed_build_is_an_upgrade_from_hash_to_hash(chain: LocalChain, url: str, tmp_path: Path) -> None:
    artifacts, elf = copied(tmp_path), other_words(ELF)
    changed(artifacts, NAME, elf)
    chain.airdrop(development_admin().pubkey(), 100 * SOL)
    before = chain.account(development_admin().pubkey())
    ended = deploy(url, artifacts=artifacts)
    assert ended.code == 0, ended.errors
    assert ended.titles == [f"upgrade {NAME}"]
    assert hashes(ended, f"upgrade {NAME}").startswith(f"{file_hash(ELF)[:16]} -> {file_hash(elf)[:16]}")
    assert content(chain) == elf
    after = chain.account(development_admin().pubkey())
    assert before is not None
    assert after is not None
    assert before.lamports - after.lamports == ended.document["plan"]["fees"], "the buffer's lamports must come back"
    with pytest.raises(ProgramError, match="Sign with the admin"):
        refusal_of_a_stranger(chain)
    assert deploy(url, artifacts=artifacts).titles == []


def test_a_larger_build_gets_more_room_first(chain: LocalChain, url: str, tmp_path: Path) -> None:
    artifacts, elf = copied(tmp_path), longer(ELF)
    changed(artifacts, NAME, elf)
    ended = deploy(url, artifacts=artifacts)
    assert ended.code == 0, ended.errors
    assert "10,240 bytes more room" in hashes(ended, f"upgrade {NAME}")
    assert content(chain) == elf + bytes(10_240 - MORE)
    assert deploy(url, artifacts=artifacts).titles == []
    back = deploy(url)
    assert back.titles == [f"upgrade {NAME}"]
    assert content(chain).rstrip(b"\0") == ELF.rstrip(b"\0")


def test_an_upgrade_that_was_killed_goes_on(chain: LocalChain, url: str, tmp_path: Path) -> None:
    artifacts, elf = copied(tmp_path), other_words(ELF)
    changed(artifacts, NAME, elf)
    first = deploy(url, "--dry-run", artifacts=artifacts).document["plan"]["steps"][0]["transactions"]
    count = chain.transaction_count
    process = start(url, "--json", "--yes", artifacts=artifacts)
    while chain.transaction_count < count + 300:
        assert process.poll() is None, process.communicate()
    process.kill()
    process.communicate()
    ended = deploy(url, artifacts=artifacts)
    assert ended.code == 0, ended.errors
    assert ended.document["plan"]["steps"][0]["transactions"] <= first - 250
    assert content(chain) == elf


def test_a_new_idl_replaces_the_old_one_at_once(chain: LocalChain, url: str, tmp_path: Path) -> None:
    artifacts = copied(tmp_path)
    path = artifacts / "idl" / f"{NAME}.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["docs"] = ["another version"]
    path.write_text(json.dumps(document), encoding="utf-8")
    edit_manifest(artifacts, NAME, "artifacts", idl=file_hash(path.read_bytes()))
    ended = deploy(url, artifacts=artifacts)
    assert ended.code == 0, ended.errors
    assert ended.titles == [f"replace the IDL of {NAME}"]
    found = idl.read_idl(chain.account(idl.idl_address(LOCALNET.risk_engine)), LOCALNET.risk_engine)
    assert found is not None
    assert found.written == idl.compress(path.read_bytes())
    assert deploy(url, artifacts=artifacts).titles == []


def test_without_the_upgrade_authority_it_is_refused(chain: LocalChain, url: str, tmp_path: Path) -> None:
    artifacts, owner = copied(tmp_path), Keypair().pubkey()
    changed(artifacts, NAME, other_words(ELF))
    admin = development_admin()
    send(chain, [loader.set_authority(data_address(LOCALNET.risk_engine), admin.pubkey(), owner)], admin)
    count = chain.transaction_count
    ended = deploy(url, artifacts=artifacts)
    assert ended.code == 2
    assert f"only {owner} may upgrade it: sign with that key" in ended.errors
    assert file_hash(ELF)[:16] in ended.errors
    assert chain.transaction_count == count
    same = deploy(url)
    assert same.code == 0, same.errors
    assert f"{NAME} is deployed as built; only {owner} may upgrade it" in same.document["plan"]["notes"]
