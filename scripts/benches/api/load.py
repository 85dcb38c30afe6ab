"""The load generator, a process of its own: `python -m scripts.benches.api.load URLS PATHS SECONDS RATE CONNECTIONS`.

With a RATE it sends so many requests a second whatever the server does, and times each from the moment it was due; with
RATE 0 each connection sends its next request when it has its answer. PATHS is a JSON list, taken in turn; URLS are
separated by commas and share the connections. Prints one JSON document: microseconds of each answer, and the answers
that were not 200.
"""

import asyncio
import json
import sys
from collections import deque
from collections.abc import Callable
from itertools import cycle, islice
from time import perf_counter_ns
from urllib.parse import urlsplit

PATIENCE = 30
"""Seconds to wait for answers after the last request; what comes later counts as unanswered."""
_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length: "


class Connection(asyncio.Protocol):
    """One kept-alive connection with at most one request on its way."""

    def __init__(self, load: "Load") -> None:
        self._load = load
        self._buffer = bytearray()
        self._due = 0
        self._write: Callable[[bytes], None]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio.Protocol."""
        self._write = transport.write  # type: ignore[attr-defined]
        self._load.free(self)

    def ask(self, request: bytes, due: int) -> None:
        """Send; `due`: when it should have been sent, nanoseconds."""
        self._due = due
        self._write(request)

    def data_received(self, data: bytes) -> None:
        """See asyncio.Protocol."""
        self._buffer += data
        head = self._buffer.find(_HEAD_END)
        if head < 0:
            return
        at = self._buffer.lower().find(_LENGTH, 0, head)
        length = int(self._buffer[at + len(_LENGTH) : self._buffer.find(b"\r", at)]) if at >= 0 else 0
        if len(self._buffer) < head + len(_HEAD_END) + length:
            return
        self._load.answered(perf_counter_ns() - self._due, self._buffer[9:12] == b"200")
        self._buffer.clear()
        self._load.free(self)

    def connection_lost(self, error: Exception | None) -> None:
        """See asyncio.Protocol."""
        self._load.lost += 1


class Load:
    """The requests and what came of them."""

    def __init__(self, urls: list[str], paths: list[str], rate: int) -> None:
        parts = [urlsplit(url) for url in urls]
        self._hosts = [(str(each.hostname), int(each.port or 80)) for each in parts]
        self._requests = [f"GET {path} HTTP/1.1\r\nhost: {self._hosts[0][0]}\r\n\r\n".encode() for path in paths]
        self._rate = rate
        self._sent = 0
        self._free: deque[Connection] = deque()
        self._waiting: deque[int] = deque()
        self._going = False
        self.microseconds: list[int] = []
        self.refused = 0
        self.unanswered = 0
        self.within = 0
        """Answers before the last request was due."""
        self.lost = 0

    async def run(self, seconds: float, connections: int) -> None:
        """Connect, load, wait for what is on its way."""
        loop = asyncio.get_running_loop()
        opened = [
            await loop.create_connection(lambda: Connection(self), *host)
            for host in islice(cycle(self._hosts), connections)
        ]
        self._going = True
        if self._rate:
            await self._at_a_rate(seconds)
        else:
            for connection in list(self._free):
                self.free(connection)
            await asyncio.sleep(seconds)
        self._going = False
        self.within = len(self.microseconds)
        deadline = perf_counter_ns() + PATIENCE * 10**9
        while (self._waiting or self._sent > len(self.microseconds)) and perf_counter_ns() < deadline:
            await asyncio.sleep(0.05)
        self.unanswered = len(self._waiting) + self._sent - len(self.microseconds)
        lost = self.lost
        for transport, _ in opened:
            transport.close()
        self.lost = lost

    def free(self, connection: Connection) -> None:
        """A connection has nothing to do."""
        if self._waiting:
            self._next(connection, self._waiting.popleft())
        elif self._going and not self._rate:
            self._next(connection, perf_counter_ns())
        elif connection not in self._free:
            self._free.append(connection)

    def answered(self, nanoseconds: int, good: bool) -> None:
        """One answer."""
        self.microseconds.append(nanoseconds // 1_000)
        self.refused += not good

    async def _at_a_rate(self, seconds: float) -> None:
        start, step = perf_counter_ns(), 10**9 // self._rate
        for number in range(int(seconds * self._rate)):
            due = start + number * step
            wait = (due - perf_counter_ns()) / 10**9
            if wait > 0:
                await asyncio.sleep(wait)
            elif number % 20 == 0:
                await asyncio.sleep(0)
            if self._free:
                self._next(self._free.popleft(), due)
            else:
                self._waiting.append(due)

    def _next(self, connection: Connection, due: int) -> None:
        connection.ask(self._requests[self._sent % len(self._requests)], due)
        self._sent += 1


async def main(urls: str, paths: str, seconds: str, rate: str, connections: str) -> None:
    """See above."""
    load = Load(urls.split(","), json.loads(paths), int(rate))
    await load.run(float(seconds), int(connections))
    counts = {"refused": load.refused, "unanswered": load.unanswered, "within": load.within, "lost": load.lost}
    print(json.dumps({"microseconds": load.microseconds, **counts}))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
