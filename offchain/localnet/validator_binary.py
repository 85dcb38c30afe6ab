"""Finding `solana-test-validator` on this machine."""

import lzma
import os
import shutil
from pathlib import Path
from tempfile import NamedTemporaryFile

from offchain.localnet.errors import LocalnetError
from offchain.settings.paths import ROOT

VARIABLE = "PERCOSEC_VALIDATOR"
"""Environment variable that names the binary."""

NAME = "solana-test-validator"

_PACKED = ROOT.parent / "shared" / "bin" / f"{NAME}.xz"
"""Where a development workplace may keep a packed one, beside the repository."""


def find_validator() -> Path | None:
    """The binary: as the environment names it, on PATH, or unpacked from a development workplace; None if absent.

    Raises LocalnetError if the environment names a file that does not exist.
    """
    named = os.environ.get(VARIABLE)
    if named:
        if not Path(named).is_file():
            raise LocalnetError(f"{VARIABLE} names {named}, which does not exist: correct or unset it")
        return Path(named)
    on_path = shutil.which(NAME)
    if on_path is not None:
        return Path(on_path)
    return _unpacked(_PACKED) if _PACKED.is_file() else None


def require_validator() -> Path:
    """The binary. Raises LocalnetError if there is none."""
    found = find_validator()
    if found is None:
        raise LocalnetError(
            f"no {NAME} found: install Solana's command line tools and have it on PATH, or name it in {VARIABLE}"
        )
    return found


def _unpacked(packed: Path) -> Path:
    """The unpacked binary in the user's cache, made if it is missing or of another version."""
    stamp = packed.stat()
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "percosec"
    target = folder / f"{NAME}-{stamp.st_size}-{int(stamp.st_mtime)}"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with lzma.open(packed) as source, NamedTemporaryFile(dir=folder, delete=False) as copy:
            shutil.copyfileobj(source, copy)
        partial = Path(copy.name)
        partial.chmod(0o755)
        partial.replace(target)
    return target
