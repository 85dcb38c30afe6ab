"""The artifacts of one program, in memory and on disk."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from offchain.build.errors import BuildError
from offchain.build.manifest import Entry, file_hash, locked, record, replace_file, tree_hash
from offchain.settings.paths import ARTIFACTS, CLIENTS


@dataclass(frozen=True)
class Places:
    """Where artifacts lie."""

    artifacts: Path = ARTIFACTS
    clients: Path = CLIENTS

    def program(self, name: str) -> Path:
        """The bytecode of a program."""
        return self.artifacts / "deploy" / f"{name}.so"

    def idl(self, name: str) -> Path:
        """The IDL of a program."""
        return self.artifacts / "idl" / f"{name}.json"


@dataclass(frozen=True)
class Artifacts:
    """Everything that is built for one program."""

    program: bytes
    idl: bytes
    client: dict[str, bytes]

    def hashes(self) -> dict[str, str]:
        """Kind -> SHA-256, as the manifest holds them."""
        return {"program": file_hash(self.program), "idl": file_hash(self.idl), "client": tree_hash(self.client)}


def read_artifacts(places: Places, name: str) -> Artifacts:
    """The artifacts on disk; BuildError names the one that is missing."""
    client = places.clients / name
    for path in (places.program(name), places.idl(name), client):
        if not path.exists():
            raise BuildError(f"{path} is missing: run scripts/build_programs {name} or restore it from git")
    files = {str(file.relative_to(client)): file.read_bytes() for file in sorted(client.rglob("*.py"))}
    return Artifacts(places.program(name).read_bytes(), places.idl(name).read_bytes(), files)


def write_artifacts(places: Places, name: str, built: Artifacts, entry: Entry) -> None:
    """Put a program's artifacts and its manifest entry in place, safe against builds of other programs."""
    with locked(places.artifacts):
        replace_file(places.program(name), built.program)
        replace_file(places.idl(name), built.idl)
        _replace_package(places.clients / name, built.client)
        record(places.artifacts, name, entry)


def _replace_package(package: Path, files: dict[str, bytes]) -> None:
    package.parent.mkdir(parents=True, exist_ok=True)
    (package.parent / "__init__.py").touch()
    fresh, old = package.with_name(f".{package.name}.new"), package.with_name(f".{package.name}.old")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
    for name, content in files.items():
        replace_file(fresh / name, content)
    if package.exists():
        package.rename(old)
    fresh.rename(package)
    shutil.rmtree(old, ignore_errors=True)
