"""Program ids are chosen so that recognising a peer costs one try."""

import json
import stat
import subprocess
from pathlib import Path

from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.build.program_ids import FINGERPRINTS, search, slow_fingerprints
from offchain.settings.paths import ROOT
from offchain.settings.project import load_project


def test_localnet_ids_need_one_try_each() -> None:
    project = load_project()
    ids = {name: project.program_id(name, "localnet") for name in project.programs}
    assert set(ids) == set(FINGERPRINTS)
    assert slow_fingerprints({name: Pubkey.from_string(str(key)) for name, key in ids.items()}) == []


def test_a_search_finds_such_ids_and_a_random_set_does_not() -> None:
    assert slow_fingerprints({name: keypair.pubkey() for name, keypair in search().items()}) == []
    lots = [{name: Keypair().pubkey() for name in FINGERPRINTS} for _ in range(3)]
    assert any(slow_fingerprints(ids) for ids in lots)


def test_keys_are_written_for_their_owner_alone_and_never_over_others(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    command = [str(ROOT / "scripts" / "program_ids"), str(folder)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for name in (*FINGERPRINTS, "pyth_adapter", "switchboard_adapter"):
        file = folder / f"{name}.json"
        keypair = Keypair.from_bytes(bytes(json.loads(file.read_text())))
        assert f'{name.removesuffix("_adapter")} = "{keypair.pubkey()}"' in printed
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode == 1
    assert "never overwritten" in again.stderr
