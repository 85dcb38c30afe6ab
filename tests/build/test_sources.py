"""A program's sources: what it imports, how it is hashed, and what the compiler is given."""

from pathlib import Path

import pytest

from offchain.build.errors import BuildError
from offchain.build.sources import declared_id, for_seahorse, source_files, source_hash, with_id
from offchain.build.stage import Target, stage
from tests.build.workshop import make_target


@pytest.fixture
def target(tmp_path: Path) -> Target:
    return make_target(tmp_path)


def test_imports_are_followed_into_nested_packages(target: Target) -> None:
    files = source_files(target.programs_dir / "programs_py", "risk_engine")
    assert [str(file) for file in files] == ["lib/generated/params.py", "lib/rules/share.py", "risk_engine.py"]


def test_a_missing_import_names_the_file(target: Target) -> None:
    root = target.programs_dir / "programs_py" / "risk_engine.py"
    root.write_text("from lib.rules.gone import x\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"lib/rules/gone\.py is missing"):
        source_files(root.parent, "risk_engine")


def test_a_syntax_error_names_file_and_line(target: Target) -> None:
    root = target.programs_dir / "programs_py" / "risk_engine.py"
    root.write_text("x = 1\ny = (\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"risk_engine\.py:2: "):
        source_files(root.parent, "risk_engine")


def test_the_hash_depends_on_names_and_bytes_only(tmp_path: Path) -> None:
    here, there = make_target(tmp_path / "a"), make_target(tmp_path / "b")
    hashes = [
        source_hash(
            target.programs_dir / "programs_py", source_files(target.programs_dir / "programs_py", "risk_engine")
        )
        for target in (here, there)
    ]
    assert hashes[0] == hashes[1]
    (there.programs_dir / "programs_py" / "lib" / "rules" / "share.py").write_text("def half():\n    pass\n", "utf-8")
    files = [Path("lib/rules/share.py"), Path("risk_engine.py")]
    changed = source_hash(there.programs_dir / "programs_py", files)
    assert changed != source_hash(here.programs_dir / "programs_py", files)


def test_absolute_imports_get_a_dot_for_each_folder() -> None:
    source = "from seahorse.prelude import *\nfrom lib.a import b\n# from lib\nfrom library import c\n"
    assert for_seahorse(source, Path("risk_engine.py")) == source
    nested = for_seahorse(source, Path("lib/risk/window.py"))
    assert nested == source.replace("from lib.a", "from ..lib.a")


def test_a_stage_holds_the_program_and_nothing_else(target: Target, tmp_path: Path) -> None:
    (target.programs_dir / "programs_py" / "lib" / "unused.py").write_text("x = 1\n", encoding="utf-8")
    workspace = tmp_path / "stage"
    digest = stage(target, "risk_engine", workspace)
    staged = sorted(str(file.relative_to(workspace / "programs_py")) for file in workspace.rglob("*.py"))
    assert staged == ["lib/generated/params.py", "lib/rules/share.py", "risk_engine.py"]
    share = (workspace / "programs_py" / "lib" / "rules" / "share.py").read_text(encoding="utf-8")
    assert "from ..lib.generated.params import VIRTUAL" in share
    programs_py = target.programs_dir / "programs_py"
    assert digest == source_hash(programs_py, source_files(programs_py, "risk_engine"))


def test_a_program_that_declares_another_address_is_refused(target: Target, tmp_path: Path) -> None:
    root = target.programs_dir / "programs_py" / "risk_engine.py"
    right = root.read_text(encoding="utf-8")
    wrong = target.project.program_id("insurance_pool")
    root.write_text(with_id(right, wrong), encoding="utf-8")
    with pytest.raises(BuildError, match=f"declares {wrong}, but seahorse.toml says"):
        stage(target, "risk_engine", tmp_path / "stage")
    with pytest.raises(BuildError, match="has no declare_id"):
        declared_id("x = 1\n", root)


def test_every_program_of_the_repository_declares_its_address() -> None:
    from offchain.settings.paths import PROGRAMS_PY
    from offchain.settings.project import load_project

    project = load_project()
    for name in project.programs:
        root = PROGRAMS_PY / f"{name}.py"
        assert declared_id(root.read_text(encoding="utf-8"), root) == project.program_id(name)
