"""A process that has pytest, the client and the tests' support loaded, and forks for each run of tests.

Reads a JSON list of pytest's arguments a line, answers with a JSON object of exit code and output a line.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from importlib import import_module
from typing import IO

import pytest

LOADED = ("pytest_asyncio.plugin", "tests.support.world", "tests.programs.bench.cover")
"""What nearly every test imports: half of a short run's time."""


def main() -> None:
    """Serve until the input ends."""
    for name in LOADED:
        import_module(name)
    for line in sys.stdin:
        code, output = _run(json.loads(line))
        print(json.dumps({"code": code, "output": output}), flush=True)


def _run(arguments: list[str]) -> tuple[int, str]:
    with tempfile.TemporaryFile(mode="w+", encoding="utf-8") as output:
        child = os.fork()
        if child == 0:
            _become_pytest(arguments, output)
        _, status = os.waitpid(child, 0)
        output.seek(0)
        return os.waitstatus_to_exitcode(status), output.read()


def _become_pytest(arguments: list[str], output: IO[str]) -> None:
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output.fileno(), 1)
    os.dup2(output.fileno(), 2)
    code = int(pytest.main(arguments))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # the host's own cleanup is not the child's


if __name__ == "__main__":
    main()
