"""Build one program with all its mutants in it; the caller activates one by patching the binary."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from offchain.build.compiler import to_bytecode, to_rust
from offchain.build.sources import for_seahorse, source_files, texts_hash
from offchain.build.stage import Target, stage
from offchain.build.toolchain import Toolchain
from scripts.quality.elf import RUST
from scripts.quality.mutate import PYTHON, Mutant, rewrite, switch_constants, used_constants

MUTATION_FILE = Path("lib/mutation.py")
SWITCH = "pub fn mutant(number: u64) -> bool {\n    crate::active_mutant(number)\n}"
BODY = re.compile(r"pub fn mutant\(mut number: u64\) -> bool \{.*?\n\}", re.DOTALL)


@dataclass(frozen=True)
class MutatedProgram:
    """A binary that holds all mutants of a program, and what each number stands for."""

    name: str
    binary: bytes
    mutants: list[Mutant]
    sources: str

    def save(self, folder: Path) -> None:
        """Keep it beside its list, so that a second run builds nothing."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.name}.so").write_bytes(self.binary)
        listing = {"sources": self.sources, "mutants": [asdict(mutant) for mutant in self.mutants]}
        (folder / f"{self.name}.json").write_text(json.dumps(listing, indent=1))


def load(folder: Path, name: str, sources: str) -> MutatedProgram | None:
    """A kept build of the same sources, or None."""
    listing, binary = folder / f"{name}.json", folder / f"{name}.so"
    if not (listing.exists() and binary.exists()):
        return None
    kept = json.loads(listing.read_text())
    if kept["sources"] != sources:
        return None
    return MutatedProgram(name, binary.read_bytes(), [Mutant(**item) for item in kept["mutants"]], sources)


def build(target: Target, tools: Toolchain, name: str, folder: Path) -> MutatedProgram:
    """The program with every mutant switchable; kept in `folder` under the hash of its sources."""
    with tempfile.TemporaryDirectory(prefix="percosec-mutants-") as place:
        workspace = Path(place)
        sources = f"{stage(target, name, workspace)} {_own_hash()}"
        kept = load(folder, name, sources)
        if kept is not None:
            return kept
        mutants, used = _rewrite_sources(target, name, workspace)
        src = to_rust(tools, workspace, name)
        mutants += _patch_rust(src, used, first=len(mutants) + 1)
        program = MutatedProgram(name, to_bytecode(tools, workspace, name), mutants, sources)
    program.save(folder)
    return program


def _own_hash() -> str:
    """A change of the mutation itself makes the kept builds worthless."""
    files = [Path(__file__), Path(__file__).with_name("mutate.py"), Path(__file__).with_name("elf.py")]
    return texts_hash({Path(file.name): file.read_text() for file in files})


def _rewrite_sources(target: Target, name: str, workspace: Path) -> tuple[list[Mutant], set[str]]:
    """Write the switchable sources; returns their mutants and the constants that they use."""
    programs = target.programs_dir / "programs_py"
    mutants: list[Mutant] = []
    used: set[str] = set()
    for file in source_files(programs, name):
        if "generated" in file.parts or file.name == "__init__.py":
            continue
        original = (programs / file).read_text()
        used |= used_constants(original)
        text, found = rewrite(original, file.as_posix(), first=len(mutants) + 1)
        mutants += found
        (workspace / "programs_py" / file).write_text(for_seahorse(text, file))
    (workspace / "programs_py" / MUTATION_FILE).write_text(PYTHON)
    return mutants, used


def _patch_rust(src: Path, used: set[str], first: int) -> list[Mutant]:
    mutants: list[Mutant] = []
    switched = 0
    for file in sorted(src.rglob("*.rs")):
        text = file.read_text()
        if file.name == "mutation.rs":
            text, switched = BODY.subn(SWITCH, text)
        elif file.name == "params.rs":
            text, found = switch_constants(text, used, first)
            mutants += found
        elif file.name == "lib.rs" and file.parent == src:
            text += RUST
        file.write_text(text)
    if switched != 1:
        raise ValueError("the generated Rust has no mutation switch: the compiler's output has changed")
    if used - {"DEV", "ADMIN"} and not mutants:
        raise ValueError("the generated Rust has no constants to switch: the compiler's output has changed")
    return mutants
