"""Run the tests concerned against one mutant: a copy of the artifacts in which its program is the mutated binary."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from offchain.settings.paths import ARTIFACTS, ROOT
from scripts.quality.elf import activate
from scripts.quality.mutant_build import MutatedProgram

SECONDS = 240
# A mutated binary carries its switches, so it costs more units than the real one.
OPTIONS = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", "not compute and not units"]
PASSED, NOTHING_RAN = 0, 5


def run(program: MutatedProgram, number: int, tests: list[str]) -> int:
    """Pytest's exit code with mutant `number` active (0: the original); a hang counts as a failure."""
    with tempfile.TemporaryDirectory(prefix="percosec-mutant-") as place:
        folder = Path(place) / "generated"
        shutil.copytree(ARTIFACTS, folder)
        (folder / "deploy" / f"{program.name}.so").write_bytes(activate(program.binary, number))
        environment = {**os.environ, "PERCOSEC_ARTIFACTS": str(folder), "PERCOSEC_EVIDENCE": place}
        command = [sys.executable, "-m", "pytest", *OPTIONS, *tests]
        try:
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return 1
    return done.returncode
