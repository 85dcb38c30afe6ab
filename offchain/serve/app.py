"""`create_app`: the one Litestar application, put together from the packages' routes and a process's services."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from litestar import Litestar
from litestar.plugins import InitPlugin

from offchain.api.context import ApiContext
from offchain.api.options import ApiOptions
from offchain.api.plugin import ApiPlugin
from offchain.monitoring.watcher.watcher import Watcher


@dataclass(frozen=True)
class Parts:
    """What one process's app is made of."""

    context: ApiContext
    watcher: Watcher
    """Its services."""
    routes: Sequence[Any]
    """Route handlers, routers and controllers."""
    options: ApiOptions = field(default_factory=ApiOptions)
    plugins: Sequence[InitPlugin] = ()


def create_app(parts: Parts) -> Litestar:
    """Services start with the app and end with it."""
    return Litestar(
        list(parts.routes),
        plugins=[ApiPlugin(parts.context, parts.options), *parts.plugins],
        lifespan=[_services(parts.watcher)],
        logging_config=None,
    )


def _services(watcher: Watcher) -> Any:
    @asynccontextmanager
    async def running(_app: Litestar) -> AsyncIterator[None]:
        stop = asyncio.Event()
        task = asyncio.create_task(watcher.run(stop), name="services")
        try:
            yield
        finally:
            stop.set()
            await task

    def enter(app: Litestar) -> AbstractAsyncContextManager[None]:
        return running(app)

    return enter
