"""No command says more of a node's URL than its host: providers put keys into path, query and password."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.commands.terminal import Terminal
from tests.support.keys import User, keypair

SECRETS = ("hunter2", "secret-key", "api=abc")
STRANGER = User("stranger", keypair("stranger"), keypair("stranger").pubkey(), keypair("stranger").pubkey())
COMMANDS = (
    "markets list",
    "pools list",
    "positions",
    "deposit BTC-PERP 10",
    "withdraw request BTC-PERP",
    "trade open BTC-PERP long 1 --margin 100",
    "claims list",
    "doctor",
    "faucet",
    "config show",
    "config check",
    "crank BTC-PERP",
    "admin show",
    "deploy --dry-run",
    "markets create --feed BTC/USD --depth 1000 --dry-run",
)


class _Refusing(BaseHTTPRequestHandler):
    """Answers every request with the status and the words that the server holds."""

    def do_POST(self) -> None:
        status, body = self.server.answer  # type: ignore[attr-defined]
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silence."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    """A node that answers nothing useful."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Refusing)
    server.answer = (401, b"no")  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def secret_url(server: ThreadingHTTPServer) -> str:
    """Its URL, with secrets in it."""
    return f"http://me:hunter2@127.0.0.1:{server.server_port}/secret-key?api=abc"


@pytest.fixture
def quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A terminal without a chain."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return Terminal(tmp_path, capsys)


@pytest.mark.parametrize("line", COMMANDS)
def test_nothing_is_told(line: str, secret_url: str, quiet: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERCOSEC_RPC", secret_url)
    printed = quiet.run(*line.split(), user=STRANGER)
    _check(printed.out + printed.err)
    assert printed.code == 0 if line.startswith("config") else printed.code in (1, 2)


@pytest.mark.parametrize("answer", [(401, b"no"), (429, b"{}"), (500, b""), (200, b"words"), (200, b"[]")], ids=str)
def test_whatever_the_node_answers(
    answer: tuple[int, bytes],
    server: ThreadingHTTPServer,
    secret_url: str,
    quiet: Terminal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PERCOSEC_RPC", secret_url)
    server.answer = answer  # type: ignore[attr-defined]
    for line in ("markets list", "faucet", f"verify --rpc {secret_url}", "deploy --dry-run"):
        printed = quiet.run(*line.split(), user=None if line.startswith("verify") else STRANGER)
        _check(printed.out + printed.err)
        assert printed.code == 2


def _check(text: str) -> None:
    assert not any(secret in text for secret in SECRETS), text
    assert "Traceback" not in text and "unexpected error" not in text, text
