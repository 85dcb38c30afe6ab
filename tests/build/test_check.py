"""`--check` tells apart: identical, different, and different because the tools moved on."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from offchain.build import command
from offchain.build.artifacts import Artifacts, read_artifacts
from offchain.build.manifest import read_manifest
from offchain.build.program import Built
from offchain.build.toolchain import Toolchain
from tests.build.workshop import TOOLS, make_artifacts, make_places, make_target

Rebuild = Callable[[Artifacts, dict[str, str]], int]


@pytest.fixture
def check_against(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rebuild:
    """Run the check as if risk_engine rebuilt to the given artifacts with the given tools."""
    target, places = make_target(tmp_path), make_places(tmp_path)
    make_artifacts(target, places)
    entry = read_manifest(places.artifacts)["risk_engine"]

    def run(rebuilt: Artifacts, versions: dict[str, str]) -> int:
        tools = Toolchain({}, False, tmp_path, versions)
        built = Built(rebuilt, replace(entry, tools=versions, artifacts=rebuilt.hashes()))
        monkeypatch.setattr(command, "find_toolchain", lambda pinned: tools)
        monkeypatch.setattr(command, "build_program", lambda *arguments: built)
        return command._check(target, places, ["risk_engine"])

    return run


@pytest.fixture
def committed(tmp_path: Path, check_against: Rebuild) -> Artifacts:
    return read_artifacts(make_places(tmp_path), "risk_engine")


def test_identical(check_against: Rebuild, committed: Artifacts, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_against(committed, TOOLS) == 0
    assert "every committed artifact is byte-identical" in capsys.readouterr().out


def test_identical_with_other_tools_is_identical(check_against: Rebuild, committed: Artifacts) -> None:
    assert check_against(committed, {"seahorse-dev": "0.2.1"}) == 0


def test_a_difference_names_the_file(
    check_against: Rebuild, committed: Artifacts, capsys: pytest.CaptureFixture[str]
) -> None:
    other = replace(committed, client=committed.client | {"program_id.py": b"ID = 2\n"})
    assert check_against(other, TOOLS) == 1
    errors = capsys.readouterr().err
    assert "clients/risk_engine/program_id.py is not what its sources build" in errors
    assert "deploy/risk_engine.so" not in errors


def test_a_difference_with_moved_tools_asks_for_the_suite(
    check_against: Rebuild, committed: Artifacts, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_against(replace(committed, program=b"other"), {"seahorse-dev": "0.2.1"}) == 3
    printed = capsys.readouterr().out
    assert "the tools have moved on since the manifest (risk_engine)" in printed
    assert "run the whole suite on the rebuilt artifacts" in printed
