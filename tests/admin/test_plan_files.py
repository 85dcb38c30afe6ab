"""A plan's file is what was written, or it is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from offchain.admin.errors import PlanError
from offchain.admin.plan import LARGEST, VERSION, Basis, Change, Plan, Signer, Timing, read_plan, write_plan
from offchain.admin.snapshot import digest

PLAN = Plan(
    cluster="localnet",
    power="set-guardian",
    arguments={"program": "risk_engine", "to": "11111111111111111111111111111111"},
    made_at=1_583_798_400,
    signers=(Signer("admin", "risk_engine", "DUp3pw2z5wye2wDHnFpnYHnSvzKh9rrzmAFSBPe8MxPQ"),),
    changes=(Change("risk_engine.config", "A", "guardian", "B", "C", "fixed"),),
    basis=(Basis("risk_engine.config", "A", "RiskConfig", {"guardian": "B"}, "00"),),
    timing=Timing("at once", 3, 1_583_798_400, None, None),
    sentence="Names another guardian.",
    cannot="It moves no money.",
)


def written(folder: Path, document: Any) -> Path:
    path = folder / "plan.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


def test_a_plan_comes_back_as_it_was_written(tmp_path: Path) -> None:
    write_plan(PLAN, tmp_path / "plan.json")
    assert read_plan(tmp_path / "plan.json") == PLAN


@pytest.mark.parametrize(
    "path",
    [("arguments", "to"), ("signers", 0, "address"), ("changes", 0, "after"), ("basis", 0, "sha256"), ("cluster",)],
)
def test_any_change_is_found(tmp_path: Path, path: tuple[str | int, ...]) -> None:
    document = PLAN.to_json()
    inner: Any = document
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = "another"
    with pytest.raises(PlanError, match=r"plan\.json was changed after it was made"):
        read_plan(written(tmp_path, document))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is no plan"),
        ("[1, 2]", "is no plan"),
        ("{", "is no plan"),
        ("{}", "is no plan"),
        ("[" * 100_000, "is no plan"),
        (json.dumps({"version": 99}), f"is of version 99, not {VERSION}"),
        (json.dumps({"version": VERSION}), "was changed"),
        (" " * (LARGEST + 1), "is too large"),
    ],
)
def test_what_is_no_plan_is_refused(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(PlanError, match=message):
        read_plan(written(tmp_path, content))


@pytest.mark.parametrize("missing", ["power", "basis", "timing"])
def test_a_plan_with_a_right_digest_and_a_missing_part_is_refused(tmp_path: Path, missing: str) -> None:
    body = {name: value for name, value in PLAN.to_json().items() if name not in ("digest", missing)}
    with pytest.raises(PlanError, match="is not complete"):
        read_plan(written(tmp_path, {**body, "digest": digest(body)}))


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("arguments", ["program"]),
        ("signers", []),
        ("signers", [{"role": "admin", "program": "risk_engine", "address": 7}]),
        ("changes", []),
        ("changes", {"place": "x"}),
        ("changes", None),
        ("basis", [{"place": "x", "address": "y", "kind": "z", "fields": [], "sha256": ""}]),
        ("timing", 5),
        ("power", None),
        ("more", 1),
    ],
)
def test_parts_of_another_type_are_refused(tmp_path: Path, part: str, value: Any) -> None:
    body = {name: found for name, found in PLAN.to_json().items() if name != "digest"} | {part: value}
    with pytest.raises(PlanError, match="is not complete"):
        read_plan(written(tmp_path, {**body, "digest": digest(body)}))


@pytest.mark.parametrize("hidden", ["\x1b[2J", "\u009b31m", "a\rb", "\u202e"])
def test_what_could_hide_text_on_a_terminal_is_refused(tmp_path: Path, hidden: str) -> None:
    body = {name: found for name, found in PLAN.to_json().items() if name != "digest"} | {"sentence": hidden}
    with pytest.raises(PlanError, match="is no plan") as caught:
        read_plan(written(tmp_path, {**body, "digest": digest(body)}))
    assert hidden not in str(caught.value)


def test_a_missing_file_and_an_unwritable_one_are_said(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="can't be read"):
        read_plan(tmp_path / "none.json")
    with pytest.raises(PlanError, match="can't be written"):
        write_plan(PLAN, tmp_path / "none" / "plan.json")
