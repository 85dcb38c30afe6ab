"""Pytest plugin: note what each test made the programs do, for the tables in docs/tables.

Every execution of the embedded chain is read from its logs, by a path of its own (not the client's decoder): which
instruction of which program ran to its end, which events it wrote and with which message it refused. One file a
worker, written when the session ends.
"""

from __future__ import annotations

import base64
import inspect
import json
import os
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager, nullcontext
from hashlib import sha256
from typing import Any

import pytest

from offchain.localnet.execution import Executor
from offchain.settings.project import load_project
from scripts.quality.evidence import FOLDER
from scripts.quality.program_source import Sources

REFUSAL = re.compile(r"E_[A-Z0-9_]+: [^'\n\"]*")
INSTRUCTION = re.compile(r"Program log: Instruction: (\w+)")
UNITS_TEST = re.compile(r"units\s*<")
"""How a test that bounds compute units reads."""

_facts: set[tuple[str, str, str, str, str]] = set()
_current = ""
_bounds_units = False


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _event_names() -> dict[bytes, str]:
    sources = Sources()
    names = {
        event
        for program in sources.programs
        for instruction in sources.instructions(program)
        for event in sources.events(program, instruction)
    }
    return {sha256(f"event:{name}".encode()).digest()[:8]: name for name in names}


Seen = tuple[str, str, str, str]


def facts_of(logs: list[str], programs: dict[str, str], events: dict[bytes, str]) -> Iterator[Seen]:
    """(program, instruction, kind, detail) for all that a transaction's logs show. `programs` maps id to name."""
    stack: list[tuple[str, str]] = []
    for line in logs:
        words = [*line.split(" "), "", "", ""]
        if words[0] == "Program" and words[2] == "invoke":
            stack.append((programs.get(words[1], ""), ""))
        elif stack and (named := INSTRUCTION.match(line)):
            program, instruction = stack[-1]
            stack[-1] = (program, instruction or _snake(named.group(1)))
        elif stack and words[2] in ("success", "failed:"):
            program, instruction = stack.pop()
            if program and words[2] == "success":
                yield program, instruction, "success", ""
        elif stack and stack[-1][0]:
            yield from _inside(line, *stack[-1], events)


def _inside(line: str, program: str, instruction: str, events: dict[bytes, str]) -> Iterator[Seen]:
    """An event or a refusal written by one of our programs."""
    if line.startswith("Program data: "):
        name = events.get(base64.b64decode(line[14:])[:8])
        if name:
            yield program, instruction, "event", name
    elif refused := REFUSAL.search(line):
        yield program, instruction, "refusal", refused.group(0).rstrip(", ")


def pytest_configure(config: pytest.Config) -> None:
    """Listen to every execution of the embedded chain from now on."""
    if config.option.collectonly:
        return
    names = load_project().programs
    ids = {str(load_project().program_id(name, "localnet")): name for name in names}
    events = _event_names()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        for stale in FOLDER.glob("*.jsonl"):
            stale.unlink()
    run = Executor.run

    def listening(self: Executor, *args: Any, **kwargs: Any) -> Any:
        execution = run(self, *args, **kwargs)
        for program, instruction, kind, detail in facts_of(execution.logs, ids, events):
            _facts.add((program, instruction, kind, detail, _current))
            if kind == "success" and _bounds_units:
                _facts.add((program, instruction, "units", "", _current))
        return execution

    Executor.run = listening  # type: ignore[method-assign]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Remember whose executions follow; a parametrised test counts as one."""
    global _current, _bounds_units
    _current = item.nodeid.split("[")[0]
    function = getattr(item, "function", None)
    _bounds_units = function is not None and UNITS_TEST.search(inspect.getsource(function)) is not None


@contextmanager
def uncredited() -> Iterator[None]:
    """What a process makes once for all its tests says nothing of the test that happened to come first."""
    global _current
    before, _current = _current, ""
    try:
        yield
    finally:
        _current = before


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
    """A session's fixture is nobody's own doing."""
    with uncredited() if fixturedef.scope == "session" else nullcontext():
        return (yield)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write this worker's facts."""
    if session.config.option.collectonly:
        return
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    path = FOLDER / f"{worker}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = ("program", "instruction", "kind", "detail", "test")
    lines = [json.dumps(dict(zip(keys, fact, strict=True))) for fact in sorted(_facts) if fact[4]]
    path.write_text("".join(line + "\n" for line in lines))
