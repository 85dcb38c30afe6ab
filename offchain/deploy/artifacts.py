"""What is to be on the chain: the committed bytecode of each program with its IDL, checked against the manifest."""

import os
from dataclasses import dataclass
from pathlib import Path

from solders.pubkey import Pubkey

from offchain.build.manifest import Entry, file_hash, read_manifest
from offchain.deploy.errors import DeployError
from offchain.settings.paths import ARTIFACTS, PROGRAMS
from offchain.settings.project import Cluster, Project
from offchain.settings.safety import LOCALNET

MAINNET = "mainnet"


@dataclass(frozen=True)
class Artifact:
    """One program as it was built for this cluster."""

    name: str
    program: Pubkey
    """Its address."""
    elf: bytes
    idl: bytes
    profile: str
    """The build profile: `release` or `development`."""

    @property
    def hash(self) -> str:
        """SHA-256 of the bytecode, as the manifest has it."""
        return file_hash(self.elf)


def artifacts_folder(cluster: str) -> Path:
    """Where the build for a cluster lies: the committed one, or what scripts/build_programs made of a release.

    `PERCOSEC_ARTIFACTS` names another folder for every cluster.
    """
    if cluster == LOCALNET or os.environ.get("PERCOSEC_ARTIFACTS"):
        return ARTIFACTS
    return PROGRAMS / "target" / f"release-{cluster}"


def program_ids(project: Project, cluster: Cluster) -> dict[str, str]:
    """Program name -> address of everything a deployment may bring: the programs and the oracles' adapters."""
    adapters = {f"{oracle}_adapter": address for oracle, address in cluster.adapters.items()}
    return cluster.programs | adapters


def read_artifacts(project: Project, cluster: Cluster, folder: Path) -> list[Artifact]:
    """Everything to deploy, in the order of the project file; adapters where they were built and have an address.

    DeployError when an address is missing, or a file, or when it was not built for this cluster.
    """
    known = program_ids(project, cluster)
    _require_addresses(cluster, [name for name in project.programs if not known[name]])
    manifest = _manifest(folder, cluster)
    wanted = [name for name in known if name in project.programs or (known[name] and name in manifest)]
    return [_artifact(name, Pubkey.from_string(known[name]), manifest, cluster, project, folder) for name in wanted]


def _require_addresses(cluster: Cluster, missing: list[str]) -> None:
    roles = [name for name in ("admin", "guardian", "treasury", "usdc_mint") if not getattr(cluster, name)]
    if not missing and not roles:
        return
    raise DeployError(
        f"clusters.{cluster.name} of seahorse.toml has no address for {', '.join(missing + roles)}: make the programs' "
        f"keys with scripts/program_ids FOLDER, write their addresses there, then build with "
        f"scripts/build_programs --profile release --cluster {cluster.name}"
    )


def _manifest(folder: Path, cluster: Cluster) -> dict[str, Entry]:
    if not (folder / "manifest.json").is_file():
        raise DeployError(
            f"there is no build for {cluster.name} in {folder}: make it with scripts/build_programs --profile release "
            f"--cluster {cluster.name}"
        )
    return read_manifest(folder)


def _artifact(
    name: str, program: Pubkey, manifest: dict[str, Entry], cluster: Cluster, project: Project, folder: Path
) -> Artifact:
    entry = manifest.get(name)
    if entry is None:
        raise DeployError(f"{name} is not in {folder / 'manifest.json'}: build it with scripts/build_programs")
    rebuild = f"build anew with scripts/build_programs --profile release --cluster {cluster.name}"
    if entry.cluster != cluster.name:
        raise DeployError(f"{name} was built for {entry.cluster}, not for {cluster.name}: {rebuild}")
    if cluster.name == MAINNET and project.profile(entry.profile).dev:
        raise DeployError(f"{name} is a {entry.profile} build, which must never hold users' money: {rebuild}")
    return Artifact(
        name,
        program,
        _checked(folder / "deploy" / f"{name}.so", entry.artifacts["program"]),
        _checked(folder / "idl" / f"{name}.json", entry.artifacts["idl"]),
        entry.profile,
    )


def _checked(path: Path, expected: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DeployError(f"{path} can't be read ({error.strerror}): build it with scripts/build_programs") from error
    if file_hash(content) != expected:
        raise DeployError(
            f"{path} is not what the manifest says ({file_hash(content)[:16]}..., not {expected[:16]}...): "
            "restore it from git, or build anew with scripts/build_programs"
        )
    return content
