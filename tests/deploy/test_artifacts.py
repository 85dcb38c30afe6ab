"""Which builds are deployed where."""

from dataclasses import replace
from pathlib import Path

import pytest

from offchain.build.manifest import file_hash
from offchain.deploy.artifacts import artifacts_folder, read_artifacts
from offchain.deploy.errors import DeployError
from offchain.settings.paths import ARTIFACTS, PROGRAMS
from offchain.settings.project import Cluster, load_project
from tests.deploy.artifacts import copied, edit_manifest

PROJECT = load_project()
LOCAL = PROJECT.cluster("localnet")


def test_everything_that_was_built_for_the_local_chain() -> None:
    found = read_artifacts(PROJECT, LOCAL, ARTIFACTS)
    names = [artifact.name for artifact in found]
    assert names[: len(PROJECT.programs)] == list(PROJECT.programs)
    assert {"pyth_adapter", "switchboard_adapter"} <= set(names)
    for artifact in found:
        assert artifact.hash == file_hash((ARTIFACTS / "deploy" / f"{artifact.name}.so").read_bytes())
        assert artifact.idl.startswith(b"{")


def mainnet() -> Cluster:
    """Mainnet as if everything had an address there."""
    return replace(LOCAL, name="mainnet")


def built_for_mainnet(folder: Path, profile: str) -> Path:
    artifacts = copied(folder)
    for path in (artifacts / "deploy").glob("*.so"):
        edit_manifest(artifacts, path.stem, cluster="mainnet", profile=profile)
    return artifacts


def test_a_development_build_never_comes_to_mainnet(tmp_path: Path) -> None:
    artifacts = built_for_mainnet(tmp_path, "development")
    with pytest.raises(DeployError, match="risk_engine is a development build, which must never hold users' money"):
        read_artifacts(PROJECT, mainnet(), artifacts)


def test_a_release_for_mainnet_does(tmp_path: Path) -> None:
    artifacts = built_for_mainnet(tmp_path, "release")
    assert len(read_artifacts(PROJECT, mainnet(), artifacts)) >= len(PROJECT.programs)


def test_an_adapter_without_an_address_stays_away() -> None:
    cluster = replace(LOCAL, adapters={"pyth": LOCAL.adapters["pyth"], "switchboard": ""})
    names = [artifact.name for artifact in read_artifacts(PROJECT, cluster, ARTIFACTS)]
    assert "pyth_adapter" in names
    assert "switchboard_adapter" not in names


def test_people_need_addresses_too() -> None:
    with pytest.raises(DeployError, match="has no address for guardian"):
        read_artifacts(PROJECT, replace(LOCAL, guardian=""), ARTIFACTS)


def test_a_missing_file_and_a_missing_entry(tmp_path: Path) -> None:
    artifacts = copied(tmp_path)
    (artifacts / "idl" / "risk_engine.json").unlink()
    with pytest.raises(DeployError, match=r"risk_engine\.json can't be read .*scripts/build_programs"):
        read_artifacts(PROJECT, LOCAL, artifacts)


def test_each_cluster_has_its_build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PERCOSEC_ARTIFACTS", raising=False)
    assert artifacts_folder("localnet") == ARTIFACTS
    assert artifacts_folder("devnet") == PROGRAMS / "target" / "release-devnet"
    with pytest.raises(DeployError, match=r"there is no build for mainnet in .*--profile release --cluster mainnet"):
        read_artifacts(PROJECT, mainnet(), tmp_path)
