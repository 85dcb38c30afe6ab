"""Run the tests concerned against one mutant, in a forked process whose embedded chain loads the mutated binary."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts.quality.elf import activate
from scripts.quality.mutant_build import MutatedProgram

SECONDS = 240
# A mutated binary carries its switches, so it costs more units than the real one.
OPTIONS = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", "not compute and not units"]
PASSED, NOTHING_RAN = 0, 5


def run(program: MutatedProgram, number: int, tests: list[str]) -> int:
    """Pytest's exit code with mutant `number` active (0: the original); a hang counts as a failure."""
    child = os.fork()
    if child == 0:
        os._exit(_child(program, number, tests))
    with _alarm(child):
        _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _child(program: MutatedProgram, number: int, tests: list[str]) -> int:
    chain: Any = importlib.import_module("offchain.localnet.chain")
    read = chain.read_elf

    def mutated(path: Path) -> bytes:
        return activate(program.binary, number) if path.stem == program.name else read(path)

    chain.read_elf = mutated  # the product has no switch for this: only this process sees the mutant
    os.environ["PERCOSEC_EVIDENCE"] = tempfile.mkdtemp(prefix="percosec-mutant-")
    with Path(os.devnull).open("w") as quiet:
        os.dup2(quiet.fileno(), 1)
        os.dup2(quiet.fileno(), 2)
        return int(pytest.main([*OPTIONS, *tests]))


@contextlib.contextmanager
def _alarm(child: int) -> Iterator[None]:
    def stop(*_: Any) -> None:
        os.kill(child, signal.SIGKILL)

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
