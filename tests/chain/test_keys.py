"""Key files: Solana's format, and no message that shows what is in them."""

import json
from pathlib import Path

import pytest
from solders.keypair import Keypair

from offchain.chain.addresses import LOCALNET
from offchain.chain.keys import KeyFileError, dev_key, development_admin, development_keys, read_keypair
from offchain.settings.project import load_project


def test_a_key_is_read_as_solana_writes_it(tmp_path: Path) -> None:
    key = Keypair()
    path = tmp_path / "id.json"
    path.write_text(key.to_json())
    assert read_keypair(path) == key


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[]", "[1, 2]", json.dumps([256] * 64), json.dumps([True] * 64), json.dumps([1.0] * 64), '"words"'],
)
def test_what_is_no_key_is_refused_without_being_shown(tmp_path: Path, content: str) -> None:
    path = tmp_path / "id.json"
    path.write_text(content)
    with pytest.raises(KeyFileError, match="is no key file: it must hold a JSON list of 64 bytes") as refused:
        read_keypair(path)
    assert content == "" or content not in str(refused.value)


def test_halves_that_do_not_match(tmp_path: Path) -> None:
    path = tmp_path / "id.json"
    path.write_text(json.dumps([*bytes(Keypair())[:32], *bytes(Keypair())[32:]]))
    with pytest.raises(KeyFileError, match="don't match") as refused:
        read_keypair(path)
    assert refused.value.__cause__ is None


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="solana-keygen new -o"):
        read_keypair(tmp_path / "none.json")
    with pytest.raises(KeyFileError, match="can't be read"):
        read_keypair(tmp_path)


def test_development_keys_are_those_of_the_project_file() -> None:
    cluster = load_project().cluster("localnet")
    for name, address in LOCALNET.programs.items():
        assert dev_key(name).pubkey() == address
    for name in ("guardian", "treasury", "publisher", "usdc_mint"):
        assert str(dev_key(name).pubkey()) == getattr(cluster, name)
    assert development_admin().pubkey() in development_keys()
    assert dev_key("publisher").pubkey() in development_keys()
    with pytest.raises(KeyFileError, match="no development key 'nobody': choose one of demo_market"):
        dev_key("nobody")
