"""Finding the compilers, and saying what to install where one is missing."""

import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from offchain.build.errors import BuildError
from offchain.build.sources import source_hash
from offchain.settings.paths import PROGRAMS

DEFAULT_WORK = "/var/tmp/build-sbf"  # noqa: S108  (a cache, shared by clones)
SETUP_HINT = "run scripts/build_programs --setup"


@dataclass(frozen=True)
class Toolchain:
    """The tools of one machine, and how they are called."""

    environment: dict[str, str]
    standard: bool
    """True when Solana's own `cargo build-sbf` is used, False for the fallback in seahorse_programs/sbf."""
    anchorpy: Path
    versions: dict[str, str]

    def bytecode_command(self, crate: Path, name: str, out: Path) -> list[str]:
        """The command that writes `out/NAME.so`."""
        if self.standard:
            return ["cargo", "build-sbf", "--manifest-path", str(crate / "Cargo.toml"), "--sbf-out-dir", str(out)]
        return [str(PROGRAMS / "sbf" / "build-sbf"), str(crate), str(out / f"{name}.so")]


def tools_folder() -> Path:
    """Where `--setup` puts Seahorse, Anchor and the client generator."""
    return Path(os.environ.get("SBF_TOOLS", f"{_work()}/tools"))


def find_toolchain(pinned: dict[str, str]) -> Toolchain:
    """Locate all tools; BuildError when one is missing, or Seahorse, Anchor or anchorpy is not the pinned version."""
    folder = tools_folder()
    path = os.environ.get("PATH", "")
    standard = _standard_build_sbf(path)
    extra = [str(folder / "bin"), str(folder / "node_modules/@coral-xyz/anchor-cli")]
    home = os.environ.get("HOME") or pwd.getpwuid(os.getuid()).pw_dir
    environment = {**os.environ, "HOME": home, "PATH": os.pathsep.join([*extra, path])}
    anchorpy = folder / "client-gen" / "bin" / "anchorpy"
    versions = {
        "seahorse-dev": _version(environment, ["seahorse", "--version"]),
        "anchor": _version(environment, ["anchor", "--version"]),
        "anchorpy": _version(environment, [str(anchorpy.with_name("python")), "-m", "pip", "show", "anchorpy"]),
    }
    for tool, version in versions.items():
        if version != pinned[tool]:
            raise BuildError(f"{tool} is version {version}, seahorse.toml wants {pinned[tool]}: {SETUP_HINT}")
    if standard:
        versions["cargo-build-sbf"] = _version(environment, ["cargo", "build-sbf", "--version"])
    else:
        versions["rustc"] = _version(environment, ["/usr/bin/rustc", "--version"])
        versions["llvm"] = _version(environment, ["llc-22", "--version"])
        versions["sbf"] = fallback_hash()
    return Toolchain(environment, standard, anchorpy, versions)


def fallback_hash() -> str:
    """Identifies the fallback toolchain: its files and its cache folder shape the bytecode, as a version does."""
    folder = PROGRAMS / "sbf"
    names = ("build-sbf", "SbfLower.cpp", "patch_std.py", "runtime.c", "runtime.list", "sbf-link", "sbf_ld.py")
    digest = source_hash(folder, [Path(name) for name in (*names, "sbf-solana-solana.json")])[:16]
    return digest if _work() == DEFAULT_WORK else f"{digest} in {_work()}"


def _work() -> str:
    return os.environ.get("SBF_WORK", DEFAULT_WORK)


def _standard_build_sbf(path: str) -> bool:
    """Whether `cargo build-sbf` is Solana's own and not the fallback's stand-in."""
    found = shutil.which("cargo-build-sbf", path=path)
    return found is not None and not (Path(found).resolve().parents[1] / "SbfLower.cpp").is_file()


def _version(environment: dict[str, str], command: list[str]) -> str:
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise BuildError(f"{command[0]} is missing or does not run: {SETUP_HINT}") from error
    found = re.search(r"\d+\.\d+\.\d+", done.stdout)
    if found is None:
        raise BuildError(f"{' '.join(command)} printed no version: {done.stdout.strip()!r}")
    return found.group()
