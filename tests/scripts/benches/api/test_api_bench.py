"""The bench's own arithmetic, its mix of routes, and its load generator against a real server."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from offchain.settings.paths import ROOT
from scripts.benches.api.contest import same_answers
from scripts.benches.api.figures import quantile
from scripts.benches.api.mix import ROUTES, paths
from scripts.benches.errors import BenchError
from scripts.benches.processes import python
from tests.api.conftest import Lived, lived

__all__ = ["lived"]


@pytest.mark.parametrize(("per_mille", "value"), [(500, 51), (990, 100), (1_000, 100)])
def test_quantiles(per_mille: int, value: int) -> None:
    assert quantile(list(range(1, 101)), per_mille) == value
    assert quantile([], per_mille) == 0


def test_the_mix_asks_each_route_in_turn(lived: Lived) -> None:
    found = paths(lived.database, 25)
    assert len(found) == 25
    assert len(ROUTES) == 10
    assert found[0] == found[10] == "/v1/markets?sort=open_interest&order=desc&limit=20"
    assert found[1] == f"/v1/markets/{lived.id}"
    assert not any("{" in path for path in found)


def test_both_contenders_give_the_same_answers(lived: Lived, tmp_path: Path) -> None:
    file = Path(str(lived.database.url.database))
    asked = paths(lived.database, 2 * len(ROUTES))
    same_answers(file, lived.story.world.now, asked, tmp_path / "log")
    with pytest.raises(BenchError, match="/v1/markets/nobody differs"):
        same_answers(file, lived.story.world.now, ["/v1/markets/nobody"], tmp_path / "log")


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        good = self.path == "/good"
        self.send_response(200 if good else 404)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Counts its connections."""

    connections = 0

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections += 1
        super().process_request(request, client_address)


@contextmanager
def answering() -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(("rate", "seconds"), [(0, 5), (50, 1)], ids=["as fast as it can", "at a rate"])
def test_the_load_generator_counts_every_answer(rate: int, seconds: int) -> None:
    with answering() as first, answering() as second:
        urls = ",".join(f"http://127.0.0.1:{server.server_port}" for server in (first, second))
        command = python(
            "-m", "scripts.benches.api.load", urls, json.dumps(["/good", "/bad"]), str(seconds), str(rate), "3"
        )
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert (first.connections, second.connections) == (2, 1)
    told = json.loads(done.stdout)
    count = len(told["microseconds"])
    assert count == 50 if rate else count > 50
    assert abs(told["refused"] - count / 2) <= 1
    assert (told["unanswered"], told["lost"]) == (0, 0)
    assert all(each > 0 for each in told["microseconds"])
