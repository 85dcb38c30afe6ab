"""Generated Seahorse modules say what seahorse.toml says."""

import ast
import hashlib
import json
import tomllib
from typing import Any

from offchain.build.generate import discriminator, discriminators_module, params_module
from offchain.settings.paths import ARTIFACTS, PROGRAMS_PY, PROJECT_FILE
from offchain.settings.project import load_project

GENERATED = PROGRAMS_PY / "lib" / "generated"
GRADES = ("A", "B", "C", "D", "RESTRICTED")


def constants(source: str) -> dict[str, Any]:
    """NAME -> value of the plain assignments of a module."""
    assignments = [node for node in ast.parse(source).body if isinstance(node, ast.Assign)]
    return {node.targets[0].id: ast.literal_eval(node.value) for node in assignments}  # type: ignore[attr-defined]


def expected_constants(profile: str) -> dict[str, Any]:
    """The same from the file itself, without the settings module."""
    document = tomllib.loads(PROJECT_FILE.read_text(encoding="utf-8"))
    table = document["profiles"][profile]
    expected: dict[str, Any] = {"DEV": table["dev"], "ADMIN": document["clusters"][table["cluster"]]["admin"]}
    for name, value in (document["parameters"] | table["parameters"]).items():
        values = value if isinstance(value, list) else [value]
        names = [f"{name.upper()}_{grade}" for grade in GRADES] if isinstance(value, list) else [name.upper()]
        expected |= dict(zip(names, values, strict=True))
    return expected


def test_params_of_each_profile_match_the_project_file() -> None:
    project = load_project()
    for name, profile in project.profiles.items():
        module = params_module(profile, project.cluster(profile.cluster))
        assert constants(module) == expected_constants(name)


def test_the_work_tree_holds_the_development_params() -> None:
    assert constants((GENERATED / "params.py").read_text(encoding="utf-8")) == expected_constants("development")


def test_release_keeps_the_published_bounds() -> None:
    release, development = expected_constants("release"), expected_constants("development")
    assert (release["DEV"], release["EPOCH_SECONDS"], release["LOCK_MIN"], release["LOCK_MAX"]) == (
        False,
        900,
        672,
        2880,
    )
    assert (development["DEV"], development["LOCK_MIN"]) == (True, 1)
    changed = {name for name in release if release[name] != development[name]}
    assert changed == {"DEV", "ADMIN", "LOCK_MIN"}


def test_discriminators_are_anchors() -> None:
    # the first bytes of sha256("global:initialize"), as Anchor's own examples show them
    assert discriminator("initialize").hex() == "afaf6d1f0d989bed"
    for call in load_project().cpi_calls:
        instruction = call.split(".")[1]
        assert discriminator(instruction) == hashlib.sha256(b"global:" + instruction.encode()).digest()[:8]


def test_the_work_tree_holds_a_function_for_each_call() -> None:
    calls = load_project().cpi_calls
    text = (GENERATED / "discriminators.py").read_text(encoding="utf-8")
    assert text == discriminators_module(calls)
    functions = {node.name: node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}
    assert set(functions) == {f"d_{call.replace('.', '_')}" for call in calls}
    for call in calls:
        assignment = functions[f"d_{call.replace('.', '_')}"].body[0]
        assert isinstance(assignment, ast.AnnAssign)
        assert assignment.value is not None
        digest = hashlib.sha256(f"global:{call.split('.')[1]}".encode()).digest()
        assert bytes(ast.literal_eval(assignment.value)) == digest[:8]


def test_every_called_instruction_exists_and_is_called() -> None:
    sources = "".join(
        file.read_text(encoding="utf-8") for file in PROGRAMS_PY.rglob("*.py") if file.parent != GENERATED
    )
    for call in load_project().cpi_calls:
        program, instruction = call.split(".")
        idl = json.loads((ARTIFACTS / "idl" / f"{program}.json").read_text(encoding="utf-8"))
        words = instruction.split("_")
        camel = words[0] + "".join(word.title() for word in words[1:])
        assert camel in [entry["name"] for entry in idl["instructions"]], f"{program} has no {instruction}"
        assert f"d_{program}_{instruction}()" in sources, f"no program calls {call}: remove it from cpi.calls"
