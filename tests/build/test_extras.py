"""Programs that only tests deploy are built, recorded and noticed like the others, and belong to no deployment."""

import shutil
from pathlib import Path

import pytest

from offchain.build import command, extras
from offchain.build.artifacts import Places
from offchain.build.stage import Target
from offchain.build.verify import manifest_problems
from offchain.settings.paths import PROGRAMS
from offchain.settings.project import load_project

NAME = "hostile_engine"


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The extra's folder as a copy that a test may change."""
    folder = tmp_path / NAME
    shutil.copytree(extras.EXTRAS[NAME], folder)
    monkeypatch.setattr(extras, "ROOT", tmp_path)
    monkeypatch.setitem(extras.EXTRAS, NAME, folder)
    return folder


def problems() -> list[str]:
    project = load_project()
    target = Target(project, project.profile("development"), "localnet", PROGRAMS)
    with extras.workbench(target, Places(), NAME) as (own_target, own_places):
        return manifest_problems(own_target, own_places)


def test_the_committed_artifacts_are_those_of_the_source() -> None:
    assert problems() == []


def test_a_changed_source_is_noticed(copied: Path) -> None:
    source = copied / f"{NAME}.py"
    source.write_text("# changed\n" + source.read_text(encoding="utf-8"), encoding="utf-8")
    assert problems() == [f"{NAME}: its sources changed without its artifacts: run scripts/build_programs {NAME}"]


def test_changed_bytecode_is_noticed(copied: Path) -> None:
    bytecode = copied / "generated" / "deploy" / f"{NAME}.so"
    bytecode.write_bytes(bytecode.read_bytes() + b"x")
    assert problems() == [f"{bytecode} differs from the manifest: run scripts/build_programs {NAME}"]


def test_it_is_no_program_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    assert NAME not in load_project().programs
    assert command.main(["--profile", "release", "--cluster", "devnet", NAME]) == 1
    assert command.main([NAME, "--cluster", "moon"]) == 1
    capsys.readouterr()
