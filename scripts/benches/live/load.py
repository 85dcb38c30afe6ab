"""The load generator, a process of its own: `python -m scripts.benches.live.load URL CLIENTS ASK OUTPUT`.

Says `ready` when every client is connected and served, and then runs until its standard input ends. It leaves for
each update when it reached each client, nanoseconds of the machine's monotonic clock.
"""

import asyncio
import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

from scripts.benches.live.client import KEY, Client
from scripts.benches.live.limits import raise_limit

AT_ONCE = 100
"""Connections that shake hands at a time."""


class Load:
    """All clients, and when they got what."""

    def __init__(self, url: str, clients: int, ask: str) -> None:
        self.arrivals: dict[str, list[int]] = {}
        """Shares -> arrivals at the clients."""
        self.lost = 0
        parts = urlsplit(url)
        self._host, self._port, self._path = str(parts.hostname), int(parts.port or 80), parts.path
        self._ask = ask.encode()
        self._count = clients
        self._clients: list[Client] = []
        self._known: dict[bytes, str | None] = {}
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def connect(self) -> None:
        """Until everybody is served."""
        await asyncio.gather(*(self._connect() for _ in range(self._count)))

    def close(self) -> None:
        """Leave."""
        for client in self._clients:
            client.close()

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        served = asyncio.Event()
        async with self._gate:
            _, client = await loop.create_connection(
                lambda: Client(self._path, self._ask, served.set, self._seen, self._left), self._host, self._port
            )
            self._clients.append(client)
            await served.wait()

    def _seen(self, client: Client, payload: bytes, now: int) -> None:
        # All clients get the same bytes: looked into once.
        if payload not in self._known:
            found = KEY.search(payload)
            self._known[payload] = found[1].decode() if found else None
        shares = self._known[payload]
        if shares is not None and shares != client.latest:
            client.latest = shares
            self.arrivals.setdefault(shares, []).append(now)

    def _left(self) -> None:
        self.lost += 1


async def main(url: str, clients: str, ask: str, output: str) -> None:
    """Connect, wait, write down."""
    raise_limit(int(clients))
    load = Load(url, int(clients), ask)
    await load.connect()
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    Path(output).write_text(json.dumps({"lost": load.lost, "arrivals": load.arrivals}), encoding="utf-8")
    load.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
