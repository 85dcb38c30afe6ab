"""`percosec verify` as its user meets it."""

import json
from pathlib import Path

import pytest

from offchain.cli import run
from offchain.localnet.chain import LocalChain

Capture = pytest.CaptureFixture[str]


def complaint(capsys: Capture, *arguments: str) -> str:
    """The one line of a refusal."""
    assert run(["verify", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.strip().splitlines()
    return line


def test_a_clean_state_leaves_with_0(kept: Path, capsys: Capture) -> None:
    assert run(["verify", "--state", str(kept)]) == 0
    assert "every atom is accounted for" in capsys.readouterr().out


def test_a_folder_will_do(kept: Path) -> None:
    assert run(["verify", "--state", str(kept.parent)]) == 0


def test_json_is_one_document_in_atoms(kept: Path, capsys: Capture) -> None:
    assert run(["verify", "--state", str(kept), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["ok"] is True and document["problems"] == []
    assert document["balance_sheet"]["difference"] == 0
    assert [claim["sequence"] for claim in document["claims"]] == [1, 2, 3, 4]
    assert all(type(amount) is int for claim in document["claims"] for amount in claim["tiers"].values())


def test_one_source_is_needed(kept: Path, capsys: Capture) -> None:
    assert "give either --state" in complaint(capsys)
    assert "give either --state" in complaint(capsys, "--state", str(kept), "--rpc", "http://127.0.0.1:1")


def test_what_can_not_be_read(tmp_path: Path, capsys: Capture) -> None:
    assert "does not exist" in complaint(capsys, "--state", str(tmp_path / "nothing.sqlite"))
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(b"no database at all" * 100)
    assert "damaged" in complaint(capsys, "--state", str(damaged))
    assert "is no URL" in complaint(capsys, "--rpc", "localhost")
    assert "does not answer" in complaint(capsys, "--rpc", "http://127.0.0.1:1")


def test_a_state_in_use_is_refused(tmp_path: Path, capsys: Capture) -> None:
    chain = LocalChain(state=tmp_path / "busy.sqlite")
    try:
        assert "stop the local chain that uses it" in complaint(capsys, "--state", str(tmp_path / "busy.sqlite"))
    finally:
        chain.close()


def test_a_chain_without_the_programs_is_refused(tmp_path: Path, capsys: Capture) -> None:
    LocalChain(state=tmp_path / "empty.sqlite").close()
    assert "no configured insurance pool" in complaint(capsys, "--state", str(tmp_path / "empty.sqlite"))
