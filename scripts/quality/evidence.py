"""What a run of the tests did on bytecode: which instruction succeeded, emitted, refused, in which test.

The tests' plugin (`tests/support/evidence.py`) writes one JSON line a fact; this reads them back.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(os.environ.get("PERCOSEC_EVIDENCE") or Path(__file__).resolve().parents[2] / ".evidence")


@dataclass(frozen=True, order=True)
class Fact:
    """`kind` is success, event, refusal or units; `detail` an event's name, a refusal's message or ''."""

    program: str
    instruction: str
    kind: str
    detail: str
    test: str


def load(folder: Path = FOLDER) -> set[Fact]:
    """All facts of the last run.

    Raises:
        FileNotFoundError: no run left evidence; run `./scripts/test` first.
    """
    files = sorted(folder.glob("*.jsonl"))
    facts = {Fact(**json.loads(line)) for file in files for line in file.read_text().splitlines()}
    if not facts:
        raise FileNotFoundError(f"no evidence of a test run in {folder}: run ./scripts/test first")
    return facts


def best(facts: set[Fact], program: str, instruction: str, kind: str, detail: str = "") -> str | None:
    """The test that shows a fact: the instruction's own test file first, then its program's, then any; each by name."""
    tests = [
        fact.test
        for fact in facts
        if (fact.program, fact.instruction, fact.kind) == (program, instruction, kind) and detail in ("", fact.detail)
    ]
    own, near = f"{program}/test_{instruction}", f"tests/programs/{program}/"
    return min(tests, key=lambda test: (own not in test, not test.startswith(near), test), default=None)
