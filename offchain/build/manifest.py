"""`manifest.json`: what each committed artifact was built from, and its hash."""

import fcntl
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from offchain.build.errors import BuildError

FORMAT = 1


@dataclass(frozen=True)
class Entry:
    """One program's line in the manifest."""

    profile: str
    cluster: str
    sources: str
    """Hash over the root file and all it imports, generated constants included."""
    cargo: str
    """Hash over Cargo.lock and the Cargo.toml files."""
    tools: dict[str, str]
    artifacts: dict[str, str]
    """Kind (`program`, `idl`, `client`) -> SHA-256."""


def file_hash(content: bytes) -> str:
    """SHA-256 of one file."""
    return hashlib.sha256(content).hexdigest()


def tree_hash(files: dict[str, bytes]) -> str:
    """SHA-256 over the names and contents of a package."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def read_manifest(artifacts: Path) -> dict[str, Entry]:
    """Program name -> entry; BuildError when the file is missing or damaged."""
    path = artifacts / "manifest.json"
    try:
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if document["format"] != FORMAT:
            raise BuildError(f"{path} has format {document['format']}: rebuild with scripts/build_programs")
        return {name: Entry(**entry) for name, entry in document["programs"].items()}
    except OSError as error:
        raise BuildError(f"{path} is missing: run scripts/build_programs or restore it from git") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BuildError(f"{path} is damaged ({error}): restore it from git or run scripts/build_programs") from error


def record(artifacts: Path, name: str, entry: Entry) -> None:
    """Put one program's entry into the manifest; the caller holds `locked(artifacts)`."""
    path = artifacts / "manifest.json"
    programs = read_manifest(artifacts) if path.is_file() else {}
    programs[name] = entry
    document = {"format": FORMAT, "programs": {key: asdict(programs[key]) for key in sorted(programs)}}
    replace_file(path, (json.dumps(document, indent=2, sort_keys=True) + "\n").encode())


@contextmanager
def locked(artifacts: Path) -> Iterator[None]:
    """Hold the artifacts folder against other builds."""
    artifacts.mkdir(parents=True, exist_ok=True)
    with (artifacts / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(content)
    temporary.replace(path)
