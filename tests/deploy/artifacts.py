"""Builds that differ from the committed one, with a manifest that says so."""

import json
import shutil
from pathlib import Path

from offchain.build.manifest import file_hash
from offchain.settings.paths import ARTIFACTS

MORE = 3_000
"""Bytes by which `longer` grows."""


def copied(folder: Path) -> Path:
    """A copy of the committed artifacts."""
    target = folder / "artifacts"
    shutil.copytree(ARTIFACTS, target)
    return target


def changed(artifacts: Path, name: str, elf: bytes) -> None:
    """Another bytecode for a program, as another build would leave it."""
    (artifacts / "deploy" / f"{name}.so").write_bytes(elf)
    edit_manifest(artifacts, name, "artifacts", program=file_hash(elf))


def edit_manifest(artifacts: Path, name: str, section: str | None = None, **values: str) -> None:
    """Other values in a program's entry, or in a table of it."""
    path = artifacts / "manifest.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    entry = document["programs"][name]
    (entry[section] if section else entry).update(values)
    path.write_text(json.dumps(document), encoding="utf-8")


def other_words(elf: bytes) -> bytes:
    """The same program with one letter of a message changed: of the same length and just as good."""
    words = b"E_ADMIN: sign with the admin of this program"
    assert words in elf
    return elf.replace(words, words.replace(b"sign", b"Sign"))


def longer(elf: bytes) -> bytes:
    """The same program with bytes behind it that nobody reads."""
    return other_words(elf) + b"\1" * MORE
