"""`ApiPlugin`: everything the routes of all packages share.

Litestar([*api.ROUTES, ...], plugins=[ApiPlugin(context, ApiOptions())])
"""

from typing import Any

from litestar import Litestar
from litestar.config.app import AppConfig
from litestar.di import Provide
from litestar.plugins import InitPlugin

from offchain.api.context import ApiContext
from offchain.api.edge.edge import Edge
from offchain.api.exceptions import handlers
from offchain.api.openapi import openapi_config
from offchain.api.options import ApiOptions


class ApiPlugin(InitPlugin):
    """Problem documents, limits, headers, the dependency `context` and OpenAPI."""

    def __init__(self, context: ApiContext, options: ApiOptions | None = None) -> None:
        self.context = context
        self.options = options or ApiOptions()

    def on_app_init(self, app_config: AppConfig) -> AppConfig:
        """See litestar.plugins.InitPlugin."""
        app_config.exception_handlers = {**handlers(), **app_config.exception_handlers}
        app_config.dependencies = {**app_config.dependencies, "context": Provide(self._context, sync_to_thread=False)}
        app_config.signature_namespace = {**app_config.signature_namespace, "ApiContext": ApiContext}
        app_config.openapi_config = openapi_config(self.context.project.version)
        app_config.cors_config = None
        app_config.on_startup.append(self._surround)
        return app_config

    def _context(self) -> ApiContext:
        return self.context

    def _surround(self, app: Litestar) -> None:
        """The edge has to see what no route answers as well, so it goes around the router."""
        inner: Any = app.asgi_handler
        app.asgi_handler = Edge(inner, self.options)
