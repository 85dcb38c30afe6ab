"""`percosec serve` as a process of its own, in an empty home."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from offchain.settings.paths import ROOT
from tests.support.patience import PATIENCE

WAIT_SECONDS = 3 * PATIENCE
COMMAND = (sys.executable, "-m", "offchain.cli", "serve")
README_COMMAND = (str(ROOT / "scripts" / "serve"),)
"""What the first page tells to type; it makes `.venv` first, where there is none."""


class Served:
    """One running process."""

    def __init__(self, process: "subprocess.Popen[str]", document: dict[str, Any], log: Path) -> None:
        self.process = process
        self.document = document
        """What --json said: addresses and roles."""
        self.log = log
        self.url: str = document["url"]

    def get(self, path: str) -> Any:
        """A body of the API; AssertionError unless it is 200."""
        answer = httpx.get(self.url + path, timeout=PATIENCE)
        assert answer.status_code == httpx.codes.OK, f"{path}: {answer.status_code} {answer.text[:500]}"
        return answer.json()

    def wait(self, path: str, met: Callable[[Any], Any], seconds: float = WAIT_SECONDS) -> Any:
        """The body as soon as `met` holds for it; AssertionError with the last one when it never does."""
        deadline = time.monotonic() + seconds
        said: Any = None
        while time.monotonic() < deadline:
            assert self.process.poll() is None, f"the server ended: {self.tail()}"
            try:
                answer = httpx.get(self.url + path, timeout=PATIENCE)
                said = answer.text
                if answer.status_code == httpx.codes.OK and met(answer.json()):
                    return answer.json()
            except httpx.TransportError as error:
                said = error
            time.sleep(0.2)
        raise AssertionError(f"{path} after {seconds:.0f} s: {str(said)[:800]}; log: {self.tail()}")

    def stop(self, number: signal.Signals = signal.SIGTERM, within: float = PATIENCE) -> float:
        """Ask it to end and wait; returns the seconds it took. AssertionError for another exit code than 0."""
        began = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(within)
        assert code == 0, f"exit code {code}: {self.tail()}"
        return time.monotonic() - began

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def tail(self, characters: int = 2_000) -> str:
        """The end of its log."""
        return self.log.read_text(errors="replace")[-characters:]


def environment(home: Path, **more: str) -> dict[str, str]:
    """Of a user who has set nothing."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PERCOSEC_", "XDG_"))}
    return {**kept, "HOME": str(home), **more}


def launch(
    home: Path, *arguments: str, name: str = "serve", command: Sequence[str] = COMMAND, **more: str
) -> "subprocess.Popen[str]":
    """Start a process that prints its addresses; see `arrived`."""
    whole = [*command, "--json", "--port", "0", *arguments]
    with _log(home, name).open("a") as log:
        return subprocess.Popen(
            whole, cwd=ROOT, env=environment(home, **more), stdout=subprocess.PIPE, stderr=log, text=True
        )


def arrived(process: "subprocess.Popen[str]", home: Path, name: str = "serve") -> Served:
    """The process as soon as it answers."""
    assert process.stdout is not None
    said = ""
    while not said.rstrip().endswith("}"):
        line = process.stdout.readline()
        log = _log(home, name)
        assert line, f"{name} did not start: {log.read_text(errors='replace')[-2_000:]}"
        said += line
    return Served(process, json.loads(said), _log(home, name))


@contextmanager
def serving_process(
    home: Path, *arguments: str, name: str = "serve", command: Sequence[str] = COMMAND, **more: str
) -> Iterator[Served]:
    """A process that is gone after the block."""
    process = launch(home, *arguments, name=name, command=command, **more)
    try:
        yield arrived(process, home, name)
    finally:
        end(process)


def end(process: "subprocess.Popen[str]") -> None:
    """Whatever it does, it is gone afterwards."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _log(home: Path, name: str) -> Path:
    return home / f"{name}.log"
