"""`percosec keeper run` in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

from tests.support.keys import User
from tests.support.patience import PATIENCE


class Process:
    """`percosec keeper run` in a process of its own."""

    def __init__(self, folder: Path, user: User, environment: dict[str, str], *arguments: str) -> None:
        key_file = folder / "process-key.json"
        key_file.write_text(user.pair.to_json())
        self.log, self.out = folder / "keeper.log", folder / "keeper.out"
        command = [sys.executable, "-m", "offchain.cli", "keeper", "run", "--keypair", str(key_file)]
        with self.log.open("w") as log, self.out.open("w") as out:
            environment = {**os.environ, **environment}
            self.process = subprocess.Popen([*command, *arguments], env=environment, stdout=out, stderr=log)

    def lines(self) -> list[dict[str, object]]:
        """What it logged."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def wait_for(self, step: str, duty: str | None = None) -> None:
        """Wait until it logs a step (of a duty); fails when it ends or takes too long."""
        deadline = monotonic() + PATIENCE
        while not any(line["step"] == step and duty in (None, line.get("duty")) for line in self.lines()):
            assert self.process.poll() is None, self.log.read_text()
            assert monotonic() < deadline, self.log.read_text()
            sleep(0.02)

    def end(self, number: int) -> int:
        """Send it a signal; returns its exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)
