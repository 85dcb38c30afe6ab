"""The live updates as they are served: a real server in a thread, with an indexer of its own where one is wanted."""

import asyncio
import json
import os
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from time import monotonic, sleep
from typing import Any

import pytest
import uvicorn
from litestar import Litestar
from websockets.asyncio.client import ClientConnection, connect

from offchain.api.context import ApiContext
from offchain.api.plugin import ApiPlugin
from offchain.api.routes import ROUTES as API
from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database
from offchain.indexer.indexer import Indexer
from offchain.indexer.projections.tables import TableProjections
from offchain.live import refresh
from offchain.live.channels import channels_for
from offchain.live.client import LiveClient
from offchain.live.frames import Answer
from offchain.live.live import Live, LivePlugin
from offchain.live.routes import PATH, ROUTES
from offchain.live.wire import LiveProtocol
from offchain.localnet.endpoints import Endpoints
from offchain.settings.project import load_project
from offchain.settings.tree import Settings, read_settings
from tests.support.patience import PATIENCE
from tests.support.world import GENESIS


@dataclass
class Served:
    """One running process's worth of live updates."""

    url: str
    live: Live
    indexer: Indexer | None
    loop: asyncio.AbstractEventLoop

    def call(self, function: Any, *arguments: Any) -> None:
        """Run something in the server's event loop."""
        done = threading.Event()
        self.loop.call_soon_threadsafe(lambda: (function(*arguments), done.set()))
        assert done.wait(PATIENCE)


def context_of(database: Database, settings: Settings, now: Callable[[], int]) -> ApiContext:
    project = load_project()
    return ApiContext(settings, project, LOCALNET, project.profile("development").parameters, database, now, None)


def settings_of(database: Database, endpoints: Endpoints | None = None) -> Settings:
    found = read_settings({"database": database.url.render_as_string(hide_password=False)}, os.environ)
    if endpoints is None:
        return found
    return replace(found, rpc_urls=(endpoints.http,), ws_url=endpoints.ws)


@contextmanager
def served(
    database: Database,
    chain: Endpoints | None = None,
    now: Callable[[], int] = lambda: GENESIS + 9_000,
    **changes: Any,
) -> Iterator[Served]:
    """Serve until the block ends; with `chain` an indexer follows that node, and nudges. `changes`: of Settings."""
    settings = replace(settings_of(database, chain), **changes)
    made: list[Served] = []

    @asynccontextmanager
    async def working(app: Litestar) -> AsyncIterator[None]:
        stop = asyncio.Event()
        one = made[0]
        one.loop = asyncio.get_running_loop()
        tasks = [asyncio.create_task(one.live.run(stop))]
        if chain is not None:
            one.indexer = Indexer(settings, database, LOCALNET, TableProjections(LOCALNET, context.parameters))
            one.live.follow(one.indexer)
            tasks.append(asyncio.create_task(one.indexer.run(stop)))
        try:
            yield
        finally:
            stop.set()
            await asyncio.gather(*tasks)

    context = context_of(database, settings, now)
    live = Live(context, channels_for(database.url))
    made.append(Served("", live, None, asyncio.new_event_loop()))
    made[0].loop.close()
    app = Litestar(
        [*API, *ROUTES], plugins=[ApiPlugin(context), LivePlugin(live)], lifespan=[working], logging_config=None
    )
    with _running(app) as port:
        made[0].url = f"ws://127.0.0.1:{port}{PATH}"
        yield made[0]


@contextmanager
def _running(app: Litestar) -> Iterator[int]:
    config = uvicorn.Config(
        app,
        port=0,
        ws=LiveProtocol,
        ws_per_message_deflate=False,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        deadline = monotonic() + PATIENCE
        while not server.started:
            assert thread.is_alive() and monotonic() < deadline, "the server did not start"
            sleep(0.005)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        assert not thread.is_alive(), "the server did not stop"


@contextmanager
def nudges_alone() -> Iterator[None]:
    """Nothing is read again by the clock, once it has been read: what is told then follows from a nudge."""
    never = 1e9
    with pytest.MonkeyPatch.context() as patch:
        for topic in refresh.SECONDS:
            patch.setitem(refresh.SECONDS, topic, never)
        patch.setattr(refresh, "LOOK_SECONDS", never)
        yield


async def taken(client: LiveClient, last: Callable[[Answer], bool], seconds: float = PATIENCE) -> AsyncIterator[Answer]:
    """The frames up to the last one."""
    async with asyncio.timeout(seconds):
        while not last(frame := await client.next()):
            yield frame


async def until(client: LiveClient, true: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Take frames until something holds."""
    async with asyncio.timeout(seconds):
        while not true():
            await client.next()


async def raw(url: str, **options: Any) -> ClientConnection:
    """A connection that has heard `hello`."""
    # Unbounded, otherwise the library stops reading, and then hears neither a close frame nor the end.
    socket = await connect(url, compression=None, **{"max_queue": None, **options})
    hello = json.loads(await socket.recv())
    assert hello["type"] == "hello"
    return socket


async def ask(socket: ClientConnection, message: Any) -> dict[str, Any]:
    """Send a message, and return the next frame that is neither a heartbeat nor a delta."""
    await socket.send(message if isinstance(message, str | bytes) else json.dumps(message))
    return await answer(socket)


async def answer(socket: ClientConnection, seconds: float = PATIENCE) -> dict[str, Any]:
    """The next frame that is neither a heartbeat nor a delta."""
    async with asyncio.timeout(seconds):
        while True:
            frame: dict[str, Any] = json.loads(await socket.recv())
            if frame["type"] not in ("heartbeat", "delta"):
                return frame
