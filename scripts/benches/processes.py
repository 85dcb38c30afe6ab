"""Child processes of a measurement: started with a log file, ended when their block ends."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from offchain.settings.paths import ROOT

STOP_SECONDS = 100.0
"""A keeper may take a while to finish what it has begun."""


def python(*arguments: str) -> list[str]:
    """The command line of a module run by this interpreter."""
    return [sys.executable, *arguments]


def start(command: Sequence[str], log: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a process of this project; its output is appended to `log`."""
    with log.open("ab") as output:
        return subprocess.Popen(
            command, cwd=ROOT, env=dict(environment), stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )


def stop(process: subprocess.Popen[bytes]) -> int:
    """Ask a process to end, kill it when it does not; returns its exit code."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait()


@contextmanager
def running(command: Sequence[str], log: Path, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that lives as long as the block."""
    process = start(command, log, environment)
    try:
        yield process
    finally:
        stop(process)


def tail(log: Path, characters: int = 1_500) -> str:
    """The last lines of a log, for messages."""
    return log.read_text(errors="replace")[-characters:].strip() or "it printed nothing"
