"""The programs of this project, as the local chain preloads them."""

from pathlib import Path

from solders.pubkey import Pubkey

from offchain.localnet.errors import LocalnetError
from offchain.settings.paths import ARTIFACTS
from offchain.settings.project import load_project

DEPLOY = ARTIFACTS / "deploy"
"""The committed bytecode."""


def project_programs(folder: Path = DEPLOY, cluster: str = "localnet") -> dict[Pubkey, Path]:
    """Program id -> `.so` of all programs and adapters of a cluster. Reading a missing one fails later, by name."""
    programs = load_project().deployable(cluster)
    return {Pubkey.from_string(address): folder / f"{name}.so" for name, address in programs.items()}


def programs_in(folder: Path) -> dict[Pubkey, Path]:
    """Program id -> `.so` of each file in a folder, named after a program of `seahorse.toml` or by its program id.

    Raises LocalnetError for a folder without programs and for a file of another name.
    """
    found = sorted(folder.glob("*.so"))
    if not found:
        raise LocalnetError(f"no .so files in {folder}: run scripts/build_programs or give another --programs folder")
    return {_program_id(path): path for path in found}


def admin(cluster: str = "localnet") -> Pubkey:
    """Who may upgrade the programs on a cluster: its admin."""
    return Pubkey.from_string(load_project().cluster(cluster).admin)


def _program_id(path: Path) -> Pubkey:
    known = load_project().deployable()
    if path.stem in known:
        return Pubkey.from_string(known[path.stem])
    try:
        return Pubkey.from_string(path.stem)
    except ValueError:
        raise LocalnetError(
            f"{path} is named after no program of seahorse.toml: rename it to PROGRAM_ID.so or remove it"
        ) from None
