"""`MonitoringPlugin`: a number for each request, and its count and duration for the metrics."""

from typing import Any

from litestar import Litestar
from litestar.config.app import AppConfig
from litestar.plugins import InitPlugin

from offchain.monitoring.logs.requests import RequestIds
from offchain.monitoring.routes import REQUESTS


class MonitoringPlugin(InitPlugin):
    """Give it to the app after the API's own plugin, so that it surrounds that too."""

    def on_app_init(self, app_config: AppConfig) -> AppConfig:
        """See litestar.plugins.InitPlugin."""
        app_config.on_startup.append(self._surround)
        return app_config

    def _surround(self, app: Litestar) -> None:
        inner: Any = app.asgi_handler
        app.asgi_handler = RequestIds(inner, REQUESTS)
