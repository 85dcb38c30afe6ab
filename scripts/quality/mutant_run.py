"""Find a test that fails with a mutant and passes without it: on a copy of the artifacts with the mutated binary."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, cast

from offchain.settings.paths import ARTIFACTS, ROOT
from scripts.quality.elf import activate
from scripts.quality.mutant_build import MutatedProgram

UNNEEDED = ("cacheprovider", "xdist", "hypothesispytest", "anyio", "tests.support.evidence")
PLUGINS = [word for name in UNNEEDED for word in ("-p", f"no:{name}")] + ["-p", "scripts.quality.deadline"]
OPTIONS = ["-q", "--tb=no", "-rfE", "--assert=plain", *PLUGINS]
"""Nothing that a test's outcome does not need: most of a run is pytest's own start."""
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+\.py::\w+)", re.MULTILINE)
ORIGINAL, PASSED, TESTS_FAILED = 0, 0, 1

Run = Callable[[int, Sequence[str]], tuple[int, str]]
"""Pytest with a mutant active and some arguments: its exit code and what it printed."""


class Runner:
    """Runs tests against the mutants of one program, in a host process that has loaded what they share.

    Use it as a context manager; calling it is a `Run`.
    """

    def __init__(self, program: MutatedProgram) -> None:
        self._program = program
        self._place = tempfile.TemporaryDirectory(prefix="percosec-mutants-")
        artifacts = Path(self._place.name) / "generated"
        shutil.copytree(ARTIFACTS, artifacts)
        self._binary = artifacts / "deploy" / f"{program.name}.so"
        self._host = subprocess.Popen(
            [sys.executable, "-m", "scripts.quality.mutant_host"],
            cwd=ROOT,
            env={**os.environ, "PERCOSEC_ARTIFACTS": str(artifacts)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._requests, self._answers = cast(IO[str], self._host.stdin), cast(IO[str], self._host.stdout)

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *_: object) -> None:
        self._host.communicate()
        self._place.cleanup()

    def __call__(self, number: int, arguments: Sequence[str]) -> tuple[int, str]:
        self._binary.write_bytes(activate(self._program.binary, number))
        self._requests.write(json.dumps([*OPTIONS, *arguments]) + "\n")
        self._requests.flush()
        answer = self._answers.readline()
        if not answer:
            raise RuntimeError(f"{self._program.name}: the process that runs the tests has died")
        done = json.loads(answer)
        return done["code"], done["output"]


class Trial:
    """The tests against one program. `tell` hears of each mutant which test seems to notice it ('' when none does)."""

    def __init__(self, run: Run, tell: Callable[[int, str], None] = lambda number, test: None) -> None:
        self.run = run
        self.tell = tell
        self.sound: set[str] = set()
        self.useless: set[str] = set()

    def killers(self, mutants: Mapping[int, Sequence[Sequence[str]]]) -> dict[int, str]:
        """For each mutant the test that notices it, or '' when none does; `mutants` maps its number to groups of tests.

        A failure counts only when the same test passes while no mutant is active: a binary with its switches costs
        more compute units, so that tests which bound them may fail anyway. All killers are tried so in one run; what
        such a test seemed to kill is tried again with the others.
        """
        found: dict[int, str] = {}
        pending = list(mutants)
        while pending:
            for number in pending:
                found[number] = self._first_failure(number, mutants[number])
                self.tell(number, found[number])
            self._try_without({found[number] for number in pending} - self.sound - {""})
            pending = [number for number in pending if found[number] in self.useless]
        return found

    def _first_failure(self, number: int, groups: Sequence[Sequence[str]]) -> str:
        for group in groups:
            usable = [test for test in group if test not in self.useless]
            if usable and (failed := self._failures(number, usable, "-x")):
                return failed[0]
        return ""

    def _try_without(self, tests: set[str]) -> None:
        if tests:
            failed = self._failures(ORIGINAL, sorted(tests))
            self.useless |= set(failed)
            self.sound |= tests - self.useless

    def _failures(self, number: int, tests: Sequence[str], *options: str) -> list[str]:
        code, output = self.run(number, [*options, *tests])
        failed = [str(name) for name in FAILED.findall(output)]
        if code == PASSED and not failed:
            return []
        if code != TESTS_FAILED or not failed or not set(failed) <= set(tests):
            raise RuntimeError(f"the tests could not be run: {output[-2000:]}")
        return failed
