"""A local chain in a process of its own."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Literal

import httpx

from offchain.localnet.endpoints import Endpoints, local_endpoints
from offchain.localnet.ports import free_block
from scripts.benches.errors import BenchError
from scripts.benches.processes import python, running, tail

START_SECONDS = 180.0


@contextmanager
def chain_process(clock: Literal["driven", "real"], start: int, folder: Path) -> Iterator[Endpoints]:
    """Run `percosec localnet` from unix time `start` until the block ends; its log goes to `folder`."""
    port = free_block(2)
    log = folder / "chain.log"
    command = python("-m", "offchain.cli", "localnet", "--clock", clock, "--start", str(start))
    command += ["--port", str(port), "--ws-port", str(port + 1)]
    endpoints = local_endpoints(port, port + 1)
    with running(command, log, os.environ) as process:
        wait_healthy(process, endpoints.http, log)
        yield endpoints


def wait_healthy(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Wait until the node answers; BenchError with the end of its log when it does not."""
    deadline = monotonic() + START_SECONDS
    while not _healthy(url):
        if process.poll() is not None or monotonic() > deadline:
            raise BenchError(f"the local chain did not start: {tail(log)}")
        sleep(0.05)


def _healthy(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=2).text == "ok"
    except httpx.HTTPError:
        return False
