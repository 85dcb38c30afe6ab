"""A server between an indexer and a node that spoils answers, and counts what it spoiled."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any

import httpx

LISTS = "getSignaturesForAddress"
Spoil = Callable[["LyingNode", str, list[Any], Any], Any]
"""(node, method, parameters, true answer) -> what is told; raising LostError breaks the connection off,
RefusingError refuses the request."""


class LostError(Exception):
    """No answer."""


class RefusingError(Exception):
    """The node answers with this JSON-RPC error: code and message."""


class LyingNode:
    """Forwards to `target`, which may be another one later."""

    def __init__(self, target: str, *spoils: Spoil) -> None:
        self.target = target
        self.spoils = list(spoils)
        self.told: Counter[str] = Counter()
        """How often each lie was told."""
        self.asked: Counter[str] = Counter()
        """Requests by method."""
        self.url = ""
        self._client = httpx.Client(timeout=60, headers={"content-type": "application/json"})

    def answer(self, body: bytes) -> bytes:
        request = json.loads(body)
        method, params = request["method"], list(request.get("params") or [])
        self.asked[method] += 1
        answer = self._client.post(self.target, content=body).json()
        for spoil in self.spoils:
            if "result" in answer:
                try:
                    answer["result"] = spoil(self, method, params, answer["result"])
                except RefusingError as refusal:
                    code, message = refusal.args
                    answer = {"jsonrpc": "2.0", "id": answer["id"], "error": {"code": code, "message": message}}
        return json.dumps(answer).encode()

    @contextmanager
    def serving(self) -> Iterator["LyingNode"]:
        node = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                try:
                    told = node.answer(body)
                except LostError:
                    self.close_connection = True
                    return
                self.send_response(200)
                self.send_header("content-length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            def log_message(self, *_: Any) -> None:
                """Silent."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        self.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
            self._client.close()


def every(number: int, lie: str, method: str, change: Callable[[Any], Any]) -> Spoil:
    """Each `number`th answer to a method is changed."""
    count = 0
    lock = threading.Lock()

    def spoil(node: LyingNode, asked: str, _params: list[Any], answer: Any) -> Any:
        nonlocal count
        if asked != method or not answer:
            return answer
        with lock:
            count += 1
            due = count % number == 0
        if not due:
            return answer
        node.told[lie] += 1
        return change(answer)

    return spoil


def each_list(number: int, lie: str, change: Callable[[Random, list[Any]], list[Any]], first: int = 0) -> Spoil:
    """Each `number`th list of transactions of a program is changed, from the `first` one on.

    Programs are asked beside each other. Counted together, which lists these are would depend on the order of threads,
    and an entry might be left out as often as it is looked for.
    """
    counts, chances = Counter[str](), dict[str, Random]()

    def spoil(node: LyingNode, asked: str, params: list[Any], answer: Any) -> Any:
        if asked != LISTS or not answer:
            return answer
        program = str(params[0])
        counts[program] += 1
        if (counts[program] - first) % number:
            return answer
        node.told[lie] += 1
        return change(chances.setdefault(program, Random(program)), answer)

    return spoil


class Withholding:
    """Lists everything and does not show one transaction while it is `hiding`."""

    def __init__(self, signature: str) -> None:
        self.signature = signature
        self.hiding = True

    def __call__(self, node: LyingNode, method: str, params: list[Any], answer: Any) -> Any:
        if self.hiding and method == "getTransaction" and params[0] == self.signature:
            node.told["withheld"] += 1
            return None
        return answer


def losing(_answer: Any) -> Any:
    """The connection breaks."""
    raise LostError


def final_up_to(slot: Callable[[], int]) -> Spoil:
    """The chain confirms at once and finalizes only up to a slot."""

    def spoil(_node: LyingNode, method: str, params: list[Any], answer: Any) -> Any:
        if method == "getSlot" and {"commitment": "finalized"} in params:
            return min(answer, slot())
        if method == "getSignaturesForAddress":
            return [_level(entry, slot()) for entry in answer]
        if method == "getSignatureStatuses":
            return {**answer, "value": [entry and _level(entry, slot()) for entry in answer["value"]]}
        return answer

    return spoil


def _level(entry: dict[str, Any], final: int) -> dict[str, Any]:
    return {**entry, "confirmationStatus": "finalized" if entry["slot"] <= final else "confirmed"}
