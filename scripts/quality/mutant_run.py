"""Run the tests concerned against one mutant: a copy of the artifacts in which its program is the mutated binary."""

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

SECONDS = 240
BASELINE_SECONDS = 1_200
OPTIONS = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
ORIGINAL, PASSED, NOTHING_RAN = 0, 0, 5


def unusable(program: MutatedProgram, tests: list[str]) -> set[str]:
    """Tests that fail although no mutant is active: a binary with its switches costs more compute units.

    Raises:
        RuntimeError: none of the tests passes, so that every mutant would seem to be killed.
    """
    code, output = _pytest(program, ORIGINAL, ["--tb=no", "-rfE", *tests], BASELINE_SECONDS)
    failed = {name.split("[")[0] for name in FAILED.findall(output)}
    if failed >= set(tests) or (code != PASSED and not failed):
        raise RuntimeError(f"{program.name}: the tests do not pass on the binary without a mutant: {output[-2000:]}")
    return failed


def survives(program: MutatedProgram, number: int, tests: list[str]) -> bool:
    """Whether all tests pass with mutant `number` active; a hang counts as a failure."""
    code, _ = _pytest(program, number, ["-x", "--tb=no", *tests], SECONDS)
    return code in (PASSED, NOTHING_RAN)


def _pytest(program: MutatedProgram, number: int, arguments: list[str], seconds: int) -> tuple[int, str]:
    with tempfile.TemporaryDirectory(prefix="percosec-mutant-") as place:
        folder = Path(place) / "generated"
        shutil.copytree(ARTIFACTS, folder)
        (folder / "deploy" / f"{program.name}.so").write_bytes(activate(program.binary, number))
        environment = {**os.environ, "PERCOSEC_ARTIFACTS": str(folder), "PERCOSEC_EVIDENCE": place}
        command = [sys.executable, "-m", "pytest", *OPTIONS, *arguments]
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=seconds, check=False
            )
        except subprocess.TimeoutExpired:
            return 1, f"no end after {seconds} s"
    return done.returncode, done.stdout
