"""The manifest notices every change that is not followed by a build."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from offchain.build.artifacts import Places
from offchain.build.errors import BuildError
from offchain.build.manifest import read_manifest
from offchain.build.stage import Target
from offchain.build.verify import manifest_problems
from tests.build.workshop import make_artifacts, make_places, make_target, record_artifacts


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return make_places(tmp_path)


@pytest.fixture
def target(tmp_path: Path, places: Places) -> Target:
    made = make_target(tmp_path)
    make_artifacts(made, places)
    return made


def change_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[2] ^= 1  # inside the comment that each source begins with
    path.write_bytes(content)


def test_fresh_artifacts_fit(target: Target, places: Places) -> None:
    assert manifest_problems(target, places) == []


def test_a_changed_byte_of_a_root_file_makes_that_program_stale(target: Target, places: Places) -> None:
    change_a_byte(target.programs_dir / "programs_py" / "risk_engine.py")
    (problem,) = manifest_problems(target, places)
    assert "risk_engine: its sources changed without its artifacts" in problem
    assert "scripts/build_programs risk_engine" in problem


def test_a_source_that_no_longer_parses_is_named(target: Target, places: Places) -> None:
    path = target.programs_dir / "programs_py" / "risk_engine.py"
    path.write_text(path.read_text(encoding="utf-8") + "x = (\n", encoding="utf-8")
    (problem,) = manifest_problems(target, places)
    assert problem.startswith(f"{path}:")


def test_a_changed_shared_module_makes_every_importer_stale(target: Target, places: Places) -> None:
    change_a_byte(target.programs_dir / "programs_py" / "lib" / "rules" / "share.py")
    problems = manifest_problems(target, places)
    assert [problem.split(":")[0] for problem in problems] == ["insurance_pool", "risk_engine"]


def test_a_changed_parameter_shows_in_the_generated_module(target: Target, places: Places) -> None:
    parameters = replace(target.profile.parameters, virtual=target.profile.parameters.virtual + 1)
    changed = replace(target, profile=replace(target.profile, parameters=parameters))
    (problem,) = manifest_problems(changed, places)
    assert "params.py does not follow from seahorse.toml" in problem


@pytest.mark.parametrize("kind", ["program", "idl", "client"])
def test_a_changed_byte_of_an_artifact_is_named(target: Target, places: Places, kind: str) -> None:
    paths = {
        "program": places.program("risk_engine"),
        "idl": places.idl("risk_engine"),
        "client": places.clients / "risk_engine" / "program_id.py",
    }
    change_a_byte(paths[kind])
    (problem,) = manifest_problems(target, places)
    assert f"{paths[kind] if kind != 'client' else paths[kind].parent} differs from the manifest" in problem


@pytest.mark.parametrize("kind", ["program", "idl"])
def test_a_missing_artifact_is_named(target: Target, places: Places, kind: str) -> None:
    path = places.program("risk_engine") if kind == "program" else places.idl("risk_engine")
    path.unlink()
    (problem,) = manifest_problems(target, places)
    assert problem.startswith(f"{path} is missing")


def test_an_added_client_file_is_noticed(target: Target, places: Places) -> None:
    (places.clients / "insurance_pool" / "extra.py").write_text("x = 1\n", encoding="utf-8")
    (problem,) = manifest_problems(target, places)
    assert "insurance_pool differs from the manifest" in problem


def test_a_changed_cargo_lock_makes_every_program_stale(target: Target, places: Places) -> None:
    change_a_byte(target.programs_dir / "Cargo.lock")
    problems = manifest_problems(target, places)
    assert len(problems) == 2
    assert all("Cargo.lock or Cargo.toml changed" in problem for problem in problems)


def test_artifacts_of_another_profile_are_refused(target: Target, places: Places) -> None:
    release = replace(target, profile=replace(target.profile, name="release"))
    problems = manifest_problems(release, places)
    assert len(problems) == 2
    assert all("was built with profile development" in problem for problem in problems)


def test_programs_unknown_on_either_side_are_named(target: Target, places: Places) -> None:
    fewer = replace(target.project, programs={"risk_engine": target.project.programs["risk_engine"]})
    assert manifest_problems(replace(target, project=fewer), places) == [
        "the manifest lists insurance_pool, which seahorse.toml does not"
    ]
    path = places.artifacts / "manifest.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    del document["programs"]["insurance_pool"]
    path.write_text(json.dumps(document), encoding="utf-8")
    assert manifest_problems(target, places) == [
        "insurance_pool is not in the manifest: run scripts/build_programs insurance_pool"
    ]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 1}', '{"format": 1, "programs": {"a": {}}}'])
def test_a_damaged_manifest_says_what_to_do(places: Places, target: Target, content: str) -> None:
    (places.artifacts / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(BuildError, match=r"manifest\.json is damaged .*restore it from git"):
        read_manifest(places.artifacts)


def test_a_missing_manifest_and_another_format_say_what_to_do(places: Places, target: Target) -> None:
    path = places.artifacts / "manifest.json"
    path.write_text('{"format": 2, "programs": {}}', encoding="utf-8")
    with pytest.raises(BuildError, match="has format 2: rebuild"):
        read_manifest(places.artifacts)
    path.unlink()
    with pytest.raises(BuildError, match=r"manifest\.json is missing: run scripts/build_programs"):
        read_manifest(places.artifacts)


def test_builds_side_by_side_lose_no_entry(target: Target, places: Places) -> None:
    (places.artifacts / "manifest.json").unlink()
    names = list(target.project.programs) * 8
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: record_artifacts(target, places, name), names))
    assert manifest_problems(target, places) == []
    assert not list(places.artifacts.rglob("*.new"))
