"""The process that runs the tests of mutants: each run is a fresh fork, whatever the one before did."""

import json
import subprocess
import sys
from pathlib import Path

from offchain.settings.paths import ROOT
from scripts.quality.mutant_run import OPTIONS

TESTS = """
import os
from tests.support import world

def test_changes_what_the_process_has_loaded():
    assert world.FIRST_PRICE == "8000"
    world.FIRST_PRICE = "1"

def test_dies():
    os._exit(77)

def test_fails():
    print("a line")
    assert False
"""


def test_each_run_has_its_own_outcome_and_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "test_shop.py"
    file.write_text(TESTS)
    names = ["changes_what_the_process_has_loaded", "fails", "dies", "changes_what_the_process_has_loaded", "missing"]
    runs = [[*OPTIONS, "-c", "pyproject.toml", f"{file}::test_{name}"] for name in names]
    command = [sys.executable, "-m", "scripts.quality.mutant_host"]
    lines = "".join(json.dumps(run) + "\n" for run in runs)
    done = subprocess.run(command, cwd=ROOT, input=lines, capture_output=True, text=True, check=True, timeout=120)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["code"] for answer in answers] == [0, 1, 77, 0, 4]
    assert "::test_fails - AssertionError" in answers[1]["output"]
    assert "not found" in answers[4]["output"]
