"""Connections of the app's parts that are closed after its services have ended."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Protocol, TypeVar

from litestar import Litestar
from litestar.config.app import AppConfig
from litestar.plugins import InitPlugin


class Closable(Protocol):
    """Something with connections of its own."""

    async def close(self) -> None:
        """Close them."""


T = TypeVar("T", bound=Closable)


class Closing(InitPlugin):
    """Remembers what is to be closed."""

    def __init__(self) -> None:
        self._closing: list[Callable[[], Awaitable[None]]] = []

    def of(self, part: T) -> T:
        """The part, which is closed with the app."""
        self._closing.append(part.close)
        return part

    def on_app_init(self, app_config: AppConfig) -> AppConfig:
        """See litestar.plugins.InitPlugin."""
        app_config.lifespan.append(self._until_the_end)
        return app_config

    @asynccontextmanager
    async def _until_the_end(self, _app: Litestar) -> AsyncIterator[None]:
        try:
            yield
        finally:
            for close in reversed(self._closing):
                await close()
