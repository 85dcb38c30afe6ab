"""`create_app`: the one Litestar application, put together from the packages' routes and a process's services."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from litestar import Litestar
from litestar.config.app import AppConfig
from litestar.plugins import InitPlugin
from litestar.types import ControllerRouterHandler

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
    routes: Sequence[ControllerRouterHandler]
    options: ApiOptions = field(default_factory=ApiOptions)
    plugins: Sequence[InitPlugin] = ()
    """What else the routes need; started before the services and ended after them."""


def create_app(parts: Parts) -> Litestar:
    """Services start with the app and end with it."""
    plugins = [ApiPlugin(parts.context, parts.options), *parts.plugins, _Services(parts.watcher)]
    return Litestar(list(parts.routes), plugins=plugins, logging_config=None)


class _Services(InitPlugin):
    """The last plugin: what the others start is there when the services begin."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher

    def on_app_init(self, app_config: AppConfig) -> AppConfig:
        """See litestar.plugins.InitPlugin."""
        app_config.lifespan.append(self._running)
        return app_config

    @asynccontextmanager
    async def _running(self, _app: Litestar) -> AsyncIterator[None]:
        stop = asyncio.Event()
        task = asyncio.create_task(self._watcher.run(stop), name="services")
        try:
            yield
        finally:
            stop.set()
            await task
