"""The local chain in its own process: goes on after a restart, ends with its parent, comes back when it dies."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from offchain.serve.chain_process import ChainProcess
from offchain.serve.errors import ServeError
from offchain.settings.paths import ROOT
from tests.support.patience import PATIENCE, until, wait_until

START = 1_583_712_000
PARENT = """
import sys, time
from pathlib import Path
from offchain.serve.chain_process import ChainProcess
folder = Path(sys.argv[1])
chain = ChainProcess(folder / "chain.sqlite", folder / "chain.log", 0, int(sys.argv[2]))
print(chain.start().http, chain.status()["pid"], flush=True)
time.sleep(60)
"""


def _chain(folder: Path, port: int = 0) -> ChainProcess:
    return ChainProcess(folder / "chain.sqlite", folder / "chain.log", port, START)


def _ask(url: str, method: str, *params: Any) -> Any:
    answer = httpx.post(url, json={"jsonrpc": "2.0", "id": 1, "method": method, "params": params}, timeout=PATIENCE)
    return json.loads(answer.text)["result"]


def _is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


async def test_it_begins_where_it_is_told_and_goes_on_where_it_stood(tmp_path: Path) -> None:
    with _chain(tmp_path) as chain:
        url = chain.start().http
        assert _ask(url, "percosec_clock")["unixTimestamp"] == START
        genesis = _ask(url, "getGenesisHash")
        _ask(url, "percosec_advance", 900)
    assert _refused(url)
    with _chain(tmp_path) as chain:
        url = chain.start().http
        assert _ask(url, "percosec_clock")["unixTimestamp"] == START + 900
        assert _ask(url, "getGenesisHash") == genesis


async def test_it_comes_back_on_the_same_port_when_it_was_killed(tmp_path: Path) -> None:
    with _chain(tmp_path) as chain:
        url = chain.start().http
        _ask(url, "percosec_advance", 60)
        pid = chain.status()["pid"]
        assert isinstance(pid, int)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(ServeError, match="process ended with -9"):
            await asyncio.wait_for(chain.run(asyncio.Event()), PATIENCE)
        stop = asyncio.Event()
        again = asyncio.create_task(chain.run(stop))
        await until(lambda: chain.starts >= 2, "the second start")
        assert chain.endpoints.http == url
        assert _ask(url, "percosec_clock")["unixTimestamp"] == START + 60
        stop.set()
        await asyncio.wait_for(again, PATIENCE)
        assert _ask(url, "percosec_clock")["unixTimestamp"] == START + 60, "others still finish on it"


def test_it_ends_with_its_parent_even_when_that_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PARENT, str(tmp_path), str(START)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        url, pid = parent.stdout.readline().split()
        _ask(url, "percosec_advance", 300)
        parent.kill()
        parent.wait()
        wait_until(lambda: _is_gone(int(pid)), "its end")
    with _chain(tmp_path) as chain:
        assert _ask(chain.start().http, "percosec_clock")["unixTimestamp"] == START + 300


def test_what_stops_it_from_starting_is_told(tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        _chain(tmp_path, taken.getsockname()[1]) as chain,
        pytest.raises(ServeError, match=r"the local chain did not start: .*port"),
    ):
        chain.start()
    (tmp_path / "chain.sqlite").write_text("no chain at all, but long enough to be looked at" * 30)
    with _chain(tmp_path) as chain, pytest.raises(ServeError, match=r"did not start: .*chain\.sqlite"):
        chain.start()


def _refused(url: str) -> bool:
    try:
        httpx.get(f"{url}/health", timeout=2)
    except httpx.HTTPError:
        return True
    return False
