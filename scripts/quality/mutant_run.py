"""Find a test that fails with a mutant and passes without it: on a copy of the artifacts with the mutated binary."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from offchain.settings.paths import ARTIFACTS, ROOT
from scripts.quality.elf import activate
from scripts.quality.mutant_build import MutatedProgram

OPTIONS = ["-q", "-x", "--tb=no", "-rfE", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "scripts.quality.deadline"]
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+\.py::\w+)", re.MULTILINE)
ORIGINAL, PASSED, TESTS_FAILED = 0, 0, 1


class Trial:
    """The tests against one program. A failure counts only when the same test passes while no mutant is active:
    a binary with its switches costs more compute units, so that tests which bound them may fail anyway."""

    def __init__(self, program: MutatedProgram) -> None:
        self.program = program
        self.sound: set[str] = set()
        self.useless: set[str] = set()

    def killer(self, number: int, tests: list[str]) -> str:
        """The first test that notices mutant `number`, or '' when none does."""
        left = [test for test in tests if test not in self.useless]
        while left and (failed := self._first_failure(number, left)):
            if self._passes_without(failed):
                return failed
            left = [test for test in left[left.index(failed) + 1 :] if test not in self.useless]
        return ""

    def _passes_without(self, test: str) -> bool:
        if test not in self.sound | self.useless:
            (self.useless if self._first_failure(ORIGINAL, [test]) else self.sound).add(test)
        return test in self.sound

    def _first_failure(self, number: int, tests: list[str]) -> str:
        code, output = _pytest(self.program, number, tests)
        if code == PASSED:
            return ""
        failed = FAILED.search(output)
        if code != TESTS_FAILED or failed is None or failed[1] not in tests:
            raise RuntimeError(f"{self.program.name}: the tests could not be run: {output[-2000:]}")
        return str(failed[1])


def _pytest(program: MutatedProgram, number: int, tests: list[str]) -> tuple[int, str]:
    with tempfile.TemporaryDirectory(prefix="percosec-mutant-") as place:
        folder = Path(place) / "generated"
        shutil.copytree(ARTIFACTS, folder)
        (folder / "deploy" / f"{program.name}.so").write_bytes(activate(program.binary, number))
        environment = {**os.environ, "PERCOSEC_ARTIFACTS": str(folder), "PERCOSEC_EVIDENCE": place}
        command = [sys.executable, "-m", "pytest", *OPTIONS, *tests]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr
