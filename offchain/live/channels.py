"""The channel that nudges go through: Litestar's channels, in memory or over PostgreSQL's NOTIFY.

Litestar's own PostgreSQL backend opens a connection for every message, and a connection that is lost ends its worker
without a word. This one keeps a connection each way, renews it for ever, and says so: what was missed meanwhile is
unknown, so everything is read.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterable
from contextlib import suppress
from typing import Any

import psycopg
from litestar.channels import ChannelsPlugin
from litestar.channels.backends.base import ChannelsBackend
from litestar.channels.backends.memory import MemoryChannelsBackend
from psycopg.sql import SQL, Identifier, Literal
from sqlalchemy import URL

from offchain.live.nudge import ALL, CHANNEL, encode

AGAIN_SECONDS = (0.1, 0.5, 1.0, 2.0, 5.0)
CONNECT_SECONDS = 5
ALIVE_SECONDS = 10.0
"""How often a silent connection is asked whether it lives: a server that vanished says nothing."""
WAITING = 1_000
"""Messages that wait for a server that is away; of older ones only that they were is told."""
_LOGGER = logging.getLogger(__name__)
Connection = psycopg.AsyncConnection[Any]


class PostgresChannels(ChannelsBackend):
    """For Litestar's ChannelsPlugin. Neither publishing nor listening ever fails for good."""

    def __init__(self, dsn: str) -> None:
        """`dsn`: libpq's URL, see `dsn_of`."""
        self._dsn = dsn
        self._channels: set[str] = set()
        self._arrived: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue()
        self._leaving: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue(WAITING)
        self._tasks: list[asyncio.Task[None]] = []
        self._relisten = asyncio.Event()
        self.drops = 0
        """Connections that were lost."""

    async def on_startup(self) -> None:
        """Begin; a server that is away is waited for in the background."""
        self._arrived, self._leaving = asyncio.Queue(), asyncio.Queue(WAITING)
        self._tasks = [
            asyncio.create_task(self._for_ever(self._listen), name="live-listen"),
            asyncio.create_task(self._for_ever(self._notify), name="live-notify"),
        ]

    async def on_shutdown(self) -> None:
        """End; what was not yet sent is dropped."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    async def publish(self, data: bytes, channels: Iterable[str]) -> None:
        """Queue it; never waits for the server."""
        for channel in channels:
            if self._leaving.full():
                self._leaving.get_nowait()
            self._leaving.put_nowait((channel, data))

    async def subscribe(self, channels: Iterable[str]) -> None:
        """Listen to these too."""
        self._channels.update(channels)
        self._relisten.set()

    async def unsubscribe(self, channels: Iterable[str]) -> None:
        """Listen to these no more."""
        self._channels.difference_update(channels)
        self._relisten.set()

    async def stream_events(self) -> AsyncGenerator[tuple[str, Any], None]:
        """Whatever arrives."""
        while True:
            channel, payload = await self._arrived.get()
            if channel in self._channels:
                yield channel, payload

    async def get_history(self, channel: str, limit: int | None = None) -> list[bytes]:
        """NOTIFY keeps none."""
        return []

    async def _for_ever(self, work: Any) -> None:
        failures = 0
        while True:
            try:
                async with await Connection.connect(
                    self._dsn, autocommit=True, connect_timeout=CONNECT_SECONDS
                ) as connection:
                    failures = 0
                    await work(connection)
            except (psycopg.Error, OSError, TimeoutError) as error:
                self.drops += 1
                _LOGGER.warning("live updates: %s, connecting to PostgreSQL again", str(error).partition("\n")[0])
            await asyncio.sleep(AGAIN_SECONDS[min(failures, len(AGAIN_SECONDS) - 1)])
            failures += 1

    async def _listen(self, connection: Connection) -> None:
        listening: set[str] = set()
        first = True
        while True:
            self._relisten.clear()
            for channel in self._channels - listening:
                await connection.execute(SQL("LISTEN {}").format(Identifier(channel)))
            for channel in listening - self._channels:
                await connection.execute(SQL("UNLISTEN {}").format(Identifier(channel)))
            listening = set(self._channels)
            if first:
                # Whatever was sent before the first LISTEN stood, or while the connection was lost, is unknown.
                self._missed(listening)
                first = not listening
            await self._hear(connection)

    async def _hear(self, connection: Connection) -> None:
        """Until the channels change, or it is time to see whether the server lives."""
        loop = asyncio.get_running_loop()
        until = loop.time() + ALIVE_SECONDS
        while not self._relisten.is_set() and loop.time() < until:
            async for notice in connection.notifies(timeout=0.1):
                self._arrived.put_nowait((notice.channel, notice.payload.encode()))
        if not self._relisten.is_set():
            async with asyncio.timeout(CONNECT_SECONDS):
                await connection.execute("SELECT 1")

    def _missed(self, channels: Iterable[str]) -> None:
        for channel in channels:
            self._arrived.put_nowait((channel, encode(ALL)))

    async def _notify(self, connection: Connection) -> None:
        while True:
            channel, data = await self._leaving.get()
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    await connection.execute(SQL("NOTIFY {}, {}").format(Identifier(channel), Literal(data.decode())))
            except BaseException:
                with suppress(asyncio.QueueFull):
                    self._leaving.put_nowait((channel, data))
                raise


def channels_for(database: URL) -> ChannelsPlugin:
    """The plugin of every process on this database: in memory on SQLite, where there is only one."""
    postgres = database.get_backend_name() == "postgresql"
    backend = PostgresChannels(dsn_of(database)) if postgres else MemoryChannelsBackend()
    return ChannelsPlugin(backend, channels=[CHANNEL])


def dsn_of(database: URL) -> str:
    """The database's address as libpq reads it."""
    return database.set(drivername="postgresql").render_as_string(hide_password=False)
