"""The toolchain's fingerprint, and what is said when a tool is missing."""

from pathlib import Path

import pytest

from offchain.build.errors import BuildError
from offchain.build.manifest import read_manifest
from offchain.build.toolchain import fallback_hash, find_toolchain
from offchain.settings.paths import ARTIFACTS
from offchain.settings.project import load_project


def test_a_missing_tool_names_the_setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SBF_TOOLS", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BuildError, match=r"seahorse is missing or does not run: run scripts/build_programs --setup"):
        find_toolchain(load_project().tools)


def test_a_tool_of_another_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("bin/seahorse", "bin/anchor", "client-gen/bin/python"):
        tool = tmp_path / name
        tool.parent.mkdir(parents=True, exist_ok=True)
        tool.write_text("#!/bin/sh\necho tool 9.8.7\n", encoding="utf-8")
        tool.chmod(0o755)
    monkeypatch.setenv("SBF_TOOLS", str(tmp_path))
    with pytest.raises(BuildError, match=r"seahorse-dev is version 9\.8\.7, seahorse\.toml wants 0\.2\.0"):
        find_toolchain(load_project().tools)


def test_another_cache_folder_counts_as_another_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SBF_WORK", raising=False)
    usual = fallback_hash()
    monkeypatch.setenv("SBF_WORK", "/elsewhere")
    assert fallback_hash() == f"{usual} in /elsewhere"


def test_the_committed_artifacts_were_built_with_the_pinned_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SBF_WORK", raising=False)
    # rustc and LLVM come from Debian and may move on; the manifest says with which an artifact was built
    pinned = {tool: load_project().tools[tool] for tool in ("seahorse-dev", "anchor", "anchorpy")}
    for name, entry in read_manifest(ARTIFACTS).items():
        assert {tool: entry.tools[tool] for tool in pinned} == pinned, name
        assert entry.tools["sbf"] == fallback_hash(), name
        assert {"rustc", "llvm"} <= entry.tools.keys(), name
