"""Building one program from its sources."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from offchain.build import adapters
from offchain.build.artifacts import Artifacts
from offchain.build.client import client_files
from offchain.build.compiler import to_bytecode, to_idl, to_rust
from offchain.build.manifest import Entry
from offchain.build.sources import source_hash
from offchain.build.stage import Target, stage
from offchain.build.toolchain import Toolchain


@dataclass(frozen=True)
class Built:
    """A program's artifacts and what the manifest says about them."""

    artifacts: Artifacts
    entry: Entry


def build_program(target: Target, tools: Toolchain, name: str, rust: Path | None = None) -> Built:
    """Build a program in a workspace of its own; `rust` is where the Rust of a Seahorse program is left to be read."""
    with tempfile.TemporaryDirectory(prefix="percosec-build-") as folder:
        workspace = Path(folder)
        if name in adapters.NAMES:
            address = adapters.adapter_id(target, name)
            sources = adapters.stage_adapter(target, name, workspace)
        else:
            address = target.project.program_id(name, target.cluster)
            sources = stage(target, name, workspace)
            src = to_rust(tools, workspace, name)
            if rust is not None:
                shutil.rmtree(rust, ignore_errors=True)
                shutil.copytree(src, rust)
        idl = to_idl(tools, workspace, name)
        client = client_files(tools, name, idl, address)
        program = to_bytecode(tools, workspace, name)
    artifacts = Artifacts(program, idl.encode(), client)
    cargo = cargo_hash(target.programs_dir, name)
    entry = Entry(target.profile.name, target.cluster, sources, cargo, tools.versions, artifacts.hashes())
    return Built(artifacts, entry)


def cargo_hash(programs_dir: Path, name: str) -> str:
    """Hash over what decides the Rust dependencies and flags of a program."""
    crates = Path("adapters" if name in adapters.NAMES else "programs")
    return source_hash(programs_dir, [Path("Cargo.lock"), Path("Cargo.toml"), crates / name / "Cargo.toml"])
