"""One process at a time does a thing with a database; others stand by and take over when it is gone.

On PostgreSQL an advisory lock, which the server frees the moment the process that holds it dies. On SQLite nothing
is needed: `offchain.serve.folder` and `offchain.serve.roles` leave a file to one process.
"""

import asyncio
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from sqlalchemy import Connection, text

from offchain.database.database import Database
from offchain.monitoring.watcher.duty import Duty, Status
from offchain.serve.errors import ServeError

LOOK_SECONDS = 1.0
"""Pause between two tries to become the one, and between two looks whether it still is."""
_SPACE = 0x50435345
"""First half of the locks' numbers, so that they meet nobody else's."""


class Sole:
    """Who does it: this process, or another."""

    def __init__(self, database: Database, name: str) -> None:
        """`name` is what only one process may do."""
        self.standing_by = False
        """Another process does it."""
        self.looks = 0
        """How often it was tried."""
        self._database = database
        self._name = name
        self._key = zlib.crc32(name.encode()) - 2**31

    async def run(self, stop: asyncio.Event, work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
        """Wait for the turn, then work; ends with `stop`. ServeError when the database's connection is lost."""
        async with self._turn(stop) as connection:
            if stop.is_set():
                return
            working = asyncio.ensure_future(work(stop))
            watching = asyncio.create_task(self._watch(connection))
            try:
                await asyncio.wait([working, watching], return_when=asyncio.FIRST_COMPLETED)
                if watching.done():
                    watching.result()
                await working
            finally:
                for task in (working, watching):
                    task.cancel()
                await asyncio.gather(working, watching, return_exceptions=True)

    @asynccontextmanager
    async def _turn(self, stop: asyncio.Event) -> AsyncIterator[Connection | None]:
        if self._database.url.get_backend_name() == "sqlite":
            yield None
            return
        connection = await asyncio.to_thread(self._connect)
        try:
            while not stop.is_set() and not await asyncio.to_thread(self._take, connection):
                self.standing_by = True
                self.looks += 1
                await asyncio.sleep(LOOK_SECONDS)
            self.standing_by = False
            yield connection
        finally:
            self.standing_by = False
            await asyncio.to_thread(_end, connection)

    async def _watch(self, connection: Connection | None) -> None:
        """The lock lasts as long as the connection."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if connection is not None and not await asyncio.to_thread(_answers, connection):
                raise ServeError(f"the database's connection is lost: {self._name} starts anew when it is back")

    def _connect(self) -> Connection:
        connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()
        return connection

    def _take(self, connection: Connection) -> bool:
        question = text("SELECT pg_try_advisory_lock(:space, :key)")
        return bool(connection.execute(question, {"space": _SPACE, "key": self._key}).scalar_one())


def alone(duty: Duty, database: Database, name: str = "") -> Duty:
    """The duty, done by one process at a time; `name` is the lock's, the duty's own by default."""
    sole = Sole(database, name or duty.name)

    async def run(stop: asyncio.Event) -> None:
        await sole.run(stop, duty.run)

    def status() -> Status:
        return {"standing_by": sole.standing_by, **duty.status()}

    def progress() -> object:
        # Standing by is no standstill: it gets on with every look.
        done = duty.progress() if duty.progress else dict(duty.status())
        return sole.looks, done

    return replace(duty, run=run, status=status, progress=progress)


def _answers(connection: Connection) -> bool:
    try:
        connection.execute(text("SELECT 1"))
    except Exception:
        return False
    return True


def _end(connection: Connection) -> None:
    try:
        connection.close()
    except Exception:
        connection.invalidate()
