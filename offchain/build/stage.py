"""A private workspace for one build, so that builds can run side by side and never see each other's files."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from offchain.build.errors import BuildError
from offchain.build.generate import discriminators_module, params_module
from offchain.build.sources import declared_id, for_seahorse, source_files, texts_hash, with_id
from offchain.settings.project import Profile, Project

GENERATED = Path("lib/generated")


@dataclass(frozen=True)
class Target:
    """What a build is for."""

    project: Project
    profile: Profile
    cluster: str
    programs_dir: Path
    """The `seahorse_programs` folder of the sources."""


def generated_modules(target: Target) -> dict[Path, str]:
    """The generated Seahorse modules for a target: path relative to `programs_py` -> text."""
    return {
        GENERATED / "params.py": params_module(target.profile, target.project.cluster(target.cluster)),
        GENERATED / "discriminators.py": discriminators_module(target.project.cpi_calls),
    }


def write_generated(target: Target) -> None:
    """Bring the work tree's generated modules up to date; untouched when they are."""
    for file, text in generated_modules(target).items():
        path = target.programs_dir / "programs_py" / file
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def stage(target: Target, name: str, workspace: Path) -> str:
    """Fill `workspace` with what building `name` needs, and nothing else; returns the hash of its sources."""
    programs_py = target.programs_dir / "programs_py"
    root = programs_py / f"{name}.py"
    expected = target.project.program_id(name, "localnet")
    files = source_files(programs_py, name)
    declared = declared_id(root.read_text(encoding="utf-8"), root)
    if declared != expected:
        raise BuildError(f"{root} declares {declared}, but seahorse.toml says {expected}: correct declare_id")
    generated = generated_modules(target)
    sources = {file: generated.get(file) or (programs_py / file).read_text(encoding="utf-8") for file in files}
    digest = texts_hash(sources)
    sources[Path(f"{name}.py")] = with_id(sources[Path(f"{name}.py")], target.project.program_id(name, target.cluster))
    for file, text in sources.items():
        copy = workspace / "programs_py" / file
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(for_seahorse(text, file), encoding="utf-8")
    for shared in ("Anchor.toml", "Cargo.toml", "Cargo.lock"):
        shutil.copy(target.programs_dir / shared, workspace / shared)
    for program in target.project.programs:
        crate = workspace / "programs" / program
        (crate / "src").mkdir(parents=True)
        shutil.copy(target.programs_dir / "programs" / program / "Cargo.toml", crate / "Cargo.toml")
        (crate / "src" / "lib.rs").write_text("", encoding="utf-8")
    return digest
