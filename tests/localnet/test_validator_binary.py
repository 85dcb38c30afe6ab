"""Finding a validator, or saying that there is none."""

import lzma
from pathlib import Path

import pytest

from offchain.localnet import LocalnetError, validator_binary
from offchain.localnet.validator import running_validator
from offchain.localnet.validator_binary import NAME, VARIABLE, find_validator, require_validator


@pytest.fixture(autouse=True)
def _nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No validator on PATH, in the environment or beside the repository."""
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(validator_binary, "_PACKED", tmp_path / f"{NAME}.xz")


def test_none() -> None:
    assert find_validator() is None
    with pytest.raises(LocalnetError, match=f"no {NAME} found: install"):
        require_validator()


def test_named_in_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    binary = tmp_path / "mine"
    binary.write_text("")
    monkeypatch.setenv(VARIABLE, str(binary))
    assert find_validator() == binary
    monkeypatch.setenv(VARIABLE, str(tmp_path / "gone"))
    with pytest.raises(LocalnetError, match="does not exist: correct or unset it"):
        find_validator()


def test_on_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    binary = tmp_path / NAME
    binary.write_text("#!/bin/sh\n")
    binary.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_validator() == binary


def test_packed_one_is_unpacked_once(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.xz").write_bytes(lzma.compress(b"binary"))
    found = find_validator()
    assert found is not None
    assert found.read_bytes() == b"binary"
    assert found.stat().st_mode & 0o111
    assert found.is_relative_to(tmp_path / "cache")
    stamp = found.stat().st_mtime_ns
    assert find_validator() == found
    assert found.stat().st_mtime_ns == stamp


def test_validator_that_does_not_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    binary = tmp_path / NAME
    binary.write_text("#!/bin/sh\necho the ledger is broken >&2\nexit 1\n")
    binary.chmod(0o755)
    monkeypatch.setenv(VARIABLE, str(binary))
    with pytest.raises(LocalnetError, match="did not start: the ledger is broken"), running_validator():
        pass
