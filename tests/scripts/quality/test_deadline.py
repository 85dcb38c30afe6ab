"""A test that waits for ever fails by name; others do not notice."""

import os
import subprocess
import sys
from pathlib import Path

from offchain.settings.paths import ROOT
from tests.support.patience import PATIENCE

TESTS = """
import time
from scripts.quality import deadline

deadline.SECONDS = 5

def test_quick():
    time.sleep(0.1)

def test_endless():
    while True:
        time.sleep(0.01)

def test_after():
    time.sleep(0.1)
"""


def test_an_endless_test_fails_and_the_next_one_runs(tmp_path: Path) -> None:
    file = tmp_path / "test_waiting.py"
    file.write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-q", "-rfE", "-p", "no:cacheprovider", "-p", "no:xdist"]
    command += ["-c", "pyproject.toml", "-p", "scripts.quality.deadline", str(file)]
    environment = {**os.environ, "PERCOSEC_EVIDENCE": str(tmp_path / "evidence")}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=3 * PATIENCE
    )
    assert "2 passed" in done.stdout, done.stdout + done.stderr
    assert "test_endless - TimeoutError: no end after 5 s" in done.stdout
