"""`percosec localnet` as its user meets it."""

import json
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket

import pytest

from offchain.chain.addresses import LOCALNET
from offchain.cli import run
from offchain.settings.project import load_project
from tests.localnet.wallet import START
from tests.support.patience import PATIENCE


@contextmanager
def _running(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """(process, JSON-RPC URL, its first lines) of a chain on free ports."""
    command = [sys.executable, "-m", "offchain.cli", "localnet", "--port", "0", "--ws-port", "0", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    lines: list[str] = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.strip())
            if "Ctrl-C" in line:
                break
        found = re.search(r"http://\S+", "\n".join(lines))
        assert found is not None, process.stderr.read() if process.stderr else ""
        yield process, found[0], lines
    finally:
        process.kill()
        process.communicate()


def _call(url: str, method: str, *params: object) -> object:
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    request = urllib.request.Request(url, body, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return json.load(answer)["result"]


def test_start_use_stop_and_go_on(tmp_path: Path) -> None:
    state = tmp_path / "kept"
    with _running("--clock", "driven", "--start", str(START), "--state", str(state)) as (process, url, lines):
        assert sum("Program" in line for line in lines) == len(load_project().deployable())
        assert _call(url, "getHealth") == "ok"
        assert _call(url, "percosec_advance", 1_000) == {
            "unixTimestamp": START + 1_000,
            "slot": 2_501,
            "blockHeight": 2_501,
        }
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        output, errors = process.communicate()
        assert output.strip() == "stopped"
        assert errors == ""
    assert [path.name for path in state.iterdir()] == ["chain.sqlite"]
    with _running("--clock", "driven", "--state", str(state)) as (process, url, _):
        assert _call(url, "percosec_clock")["unixTimestamp"] == START + 1_000  # type: ignore[index]
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


def test_json_is_one_document_when_the_chain_is_ready() -> None:
    command = [sys.executable, "-m", "offchain.cli", "localnet", "--port", "0", "--ws-port", "0", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        document = json.loads(process.stdout.readline())
        assert _call(document["http"], "getHealth") == "ok"
        assert document["ws"].startswith("ws://127.0.0.1:")
        assert (document["clock"], document["state"]) == ("real", None)
        assert document["programs"] == load_project().deployable()
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        assert process.communicate() == ("", "")
    finally:
        process.kill()
        process.communicate()


def test_real_clock_has_no_driving_methods() -> None:
    with _running() as (_, url, _lines):
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "percosec_advance", "params": [1]}).encode()
        with urllib.request.urlopen(urllib.request.Request(url, body), timeout=PATIENCE) as answer:
            assert json.load(answer)["error"]["code"] == -32601


def _complaint(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line of a command that fails with exit code 2."""
    assert run(["localnet", *arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    lines = told.err.splitlines()
    assert len(lines) == 1
    return lines[0]


def test_port_in_use(capsys: pytest.CaptureFixture[str]) -> None:
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"cannot listen on port {port}" in _complaint(capsys, "--port", port, "--ws-port", "0")
        assert "--ws-port" in _complaint(capsys, "--port", "0", "--ws-port", port)


def test_missing_artifact(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "run scripts/build_programs" in _complaint(capsys, "--programs", str(tmp_path))


def test_corrupt_state(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "chain.sqlite").write_bytes(b"not a chain")
    line = _complaint(capsys, "--state", str(tmp_path))
    assert "is damaged or not one of ours" in line
    assert "--state" in line


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--port", "70000"], "70000 is not in the range"),
        (["--port", "x"], "'x' is not a valid integer"),
        (["--clock", "slow"], "'slow' is not one of 'real', 'driven'"),
        (["--start", "-1"], "-1 is not in the range"),
        (["--start", str(1 << 50), "--port", "0"], "not a unix time"),
        (["--programs", "/no/such/folder"], "does not exist"),
        (["--nonsense"], "No such option"),
        (["extra"], "unexpected extra argument"),
    ],
)
def test_wrong_arguments(capsys: pytest.CaptureFixture[str], arguments: list[str], told: str) -> None:
    assert told in _complaint(capsys, *arguments)


def test_an_empty_chain_has_no_programs() -> None:
    with _running("--empty") as (_, url, lines):
        assert not any("Program" in line for line in lines)
        assert _call(url, "getAccountInfo", str(LOCALNET.risk_engine))["value"] is None  # type: ignore[index]


def test_empty_and_programs_contradict_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["localnet", "--empty", "--programs", str(tmp_path)]) == 2
    assert "give one of the two" in capsys.readouterr().err
