"""A small repository of two programs with artifacts on disk, written as the build writes them, but not compiled."""

from dataclasses import replace
from pathlib import Path

from offchain.build.artifacts import Artifacts, Places, write_artifacts
from offchain.build.manifest import Entry
from offchain.build.program import cargo_hash
from offchain.build.sources import source_files, source_hash
from offchain.build.stage import Target, write_generated
from offchain.settings.project import load_project

TOOLS = {"seahorse-dev": "0.2.0"}


def make_target(folder: Path) -> Target:
    """Two programs, one shared module in a nested package and the generated constants."""
    project = load_project()
    programs = {name: project.programs[name] for name in ("insurance_pool", "risk_engine")}
    small = replace(project, programs=programs)
    target = Target(small, small.profile("development"), "localnet", folder / "seahorse_programs")
    for name in programs:
        _write(target.programs_dir / "programs" / name / "Cargo.toml", f'[package]\nname = "{name}"\n')
        root = f"# {name}\nfrom lib.rules.share import half\n\ndeclare_id('{project.program_id(name)}')\n"
        _write(target.programs_dir / "programs_py" / f"{name}.py", root)
    shared = "# shares\nfrom lib.generated.params import VIRTUAL\n\n\ndef half(x: u64) -> u64:\n    return x // 2\n"
    _write(target.programs_dir / "programs_py" / "lib" / "rules" / "share.py", shared)
    for file in ("Cargo.toml", "Cargo.lock", "Anchor.toml"):
        _write(target.programs_dir / file, f"# {file}\n")
    write_generated(target)
    return target


def make_artifacts(target: Target, places: Places) -> None:
    """Artifacts with a true manifest for every program of the target."""
    for name in target.project.programs:
        record_artifacts(target, places, name)


def record_artifacts(target: Target, places: Places, name: str) -> None:
    """Artifacts of one program, written and recorded the way a build does."""
    built = Artifacts(
        b"\x7fELF" + name.encode(), b'{"name": "x"}\n', {"__init__.py": b"", "program_id.py": b"ID = 1\n"}
    )
    programs_py = target.programs_dir / "programs_py"
    sources = source_hash(programs_py, source_files(programs_py, name))
    cargo = cargo_hash(target.programs_dir, name)
    entry = Entry(target.profile.name, target.cluster, sources, cargo, TOOLS, built.hashes())
    write_artifacts(places, name, built, entry)


def make_places(folder: Path) -> Places:
    """Where the artifacts of a target in `folder` lie."""
    return Places(folder / "seahorse_programs" / "generated", folder / "clients")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
