"""A plan: what one use of a power would change and the state it rests on; a JSON file between the two steps."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from offchain.admin.errors import PlanError
from offchain.admin.snapshot import digest

VERSION = 1
LARGEST = 1 << 20
"""Bytes of the largest file that is read as a plan."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field, before and after."""

    place: str
    """`program.account`."""
    address: str
    field: str
    before: Any
    """None where the account does not exist yet."""
    after: Any
    moves: str
    """How it may differ when it lands: see `offchain.admin.power.Moves`."""
    in_force: Any = None
    """What it is to replace one day; None where it works at once."""


@dataclass(frozen=True, slots=True)
class Basis:
    """An account as the plan found it: the fields it rests on, and their hash."""

    place: str
    address: str
    kind: str
    """Its type; empty where there is none."""
    fields: dict[str, Any]
    sha256: str


@dataclass(frozen=True, slots=True)
class Signer:
    """Who must sign, and why."""

    role: str
    program: str
    address: str


@dataclass(frozen=True, slots=True)
class Timing:
    """When it takes effect: unix times in seconds."""

    words: str
    epoch: int
    """The first epoch in which it works."""
    starts_at: int
    ends_at: int | None
    """When it ends by itself."""
    again_at: int | None
    """When it can be used again, where there is a wait."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One use of a power, as it was foreseen."""

    cluster: str
    power: str
    arguments: dict[str, Any]
    made_at: int
    """Chain time in seconds."""
    signers: tuple[Signer, ...]
    changes: tuple[Change, ...]
    basis: tuple[Basis, ...]
    timing: Timing
    sentence: str
    cannot: str

    def to_json(self) -> dict[str, Any]:
        """The document of a plan's file, with its digest."""
        body: dict[str, Any] = {"version": VERSION, **json.loads(json.dumps(asdict(self)))}
        return {**body, "digest": digest(body)}


def write_plan(plan: Plan, path: Path) -> None:
    """Write the file; PlanError when that can't be done."""
    try:
        path.write_text(json.dumps(plan.to_json(), indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise PlanError(f"{path} can't be written ({error.strerror}): choose another file with --out") from error


def read_plan(path: Path) -> Plan:
    """The plan of a file; PlanError when it is none, of another version, or changed since it was written."""
    try:
        if path.stat().st_size > LARGEST:
            raise PlanError(f"{path} is too large for a plan")
        return plan_of(json.loads(path.read_text(encoding="utf-8")), str(path))
    except OSError as error:
        raise PlanError(f"{path} can't be read ({error.strerror}): make a plan with `percosec admin plan`") from error
    except (ValueError, RecursionError) as error:
        raise PlanError(f"{path} is no plan: make one with `percosec admin plan`") from error


def plan_of(document: Any, where: str) -> Plan:
    """The plan of a document; PlanError names `where` it came from."""
    if not isinstance(document, dict) or "version" not in document or not _readable(document):
        raise PlanError(f"{where} is no plan: make one with `percosec admin plan`")
    if document["version"] != VERSION:
        raise PlanError(f"{where} is of version {document['version']!r}, not {VERSION}: make the plan again")
    body = {name: value for name, value in document.items() if name != "digest"}
    if document.get("digest") != digest(body):
        raise PlanError(f"{where} was changed after it was made: make the plan again")
    del body["version"]
    try:
        plan = _plan(body)
    except (TypeError, KeyError) as error:
        raise PlanError(f"{where} is not complete: make the plan again") from error
    if not _sound(plan):
        raise PlanError(f"{where} is not complete: make the plan again")
    return plan


def _plan(body: dict[str, Any]) -> Plan:
    return Plan(
        **{
            **body,
            "signers": tuple(Signer(**found) for found in body["signers"]),
            "changes": tuple(Change(**found) for found in body["changes"]),
            "basis": tuple(Basis(**found) for found in body["basis"]),
            "timing": Timing(**body["timing"]),
        }
    )


def _readable(value: Any) -> bool:
    """Without characters that could move a terminal's cursor: a plan may come from somebody else."""
    if isinstance(value, dict):
        return all(_readable(part) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return all(_readable(part) for part in value)
    return not isinstance(value, str) or value.isprintable()


def _sound(plan: Plan) -> bool:
    """Whether the parts that are looked into are of their types."""
    texts = [plan.cluster, plan.power, *(signer.address for signer in plan.signers)]
    texts += [text for change in plan.changes for text in (change.place, change.field, change.moves)]
    tables = [plan.arguments, *(basis.fields for basis in plan.basis)]
    right = all(isinstance(text, str) for text in texts) and all(isinstance(table, dict) for table in tables)
    return right and bool(plan.signers) and bool(plan.changes)
