"""The indexer as the service that it is: `run(stop)` with its WebSocket, until something is true."""

import asyncio
from collections.abc import Callable
from typing import Any

from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database
from offchain.indexer.indexer import Indexer
from offchain.indexer.projections.tables import TableProjections
from offchain.settings.parameters import Parameters
from tests.indexer.conftest import settings
from tests.support.patience import PATIENCE

DEADLINE = 3 * PATIENCE


def new_indexer(http: str, ws: str, database: Database, parameters: Parameters) -> Indexer:
    """One with projections and histories."""
    return Indexer(settings(http, ws), database, LOCALNET, TableProjections(LOCALNET, parameters))


def serve_until(
    http: str, ws: str, database: Database, parameters: Parameters, done: Callable[[], bool]
) -> dict[str, Any]:
    """Run it until `done`; its last status."""

    async def serve() -> dict[str, Any]:
        indexer, stop = new_indexer(http, ws, database, parameters), asyncio.Event()
        task = asyncio.create_task(indexer.run(stop))
        await until(done, task)
        stop.set()
        await task
        return indexer.status()

    return asyncio.run(serve())


async def until(done: Callable[[], bool], task: "asyncio.Task[None]") -> None:
    """Wait for something while a task goes on; the test fails when the task ends before, or after DEADLINE."""
    clock = asyncio.get_running_loop().time
    deadline = clock() + DEADLINE
    while not await asyncio.to_thread(done):
        if task.done():
            task.result()
            raise AssertionError("the service ended by itself")
        assert clock() < deadline, "it took too long"
        await asyncio.sleep(0.05)
