"""`AnalyticsPlugin`: adds the team's pages to an app. Leave it out where strangers can reach the address."""

from litestar import Litestar
from litestar.config.app import AppConfig
from litestar.di import Provide
from litestar.plugins import InitPlugin

from offchain.analytics.analytics import Analytics
from offchain.analytics.routes import ROUTES
from offchain.api.context import ApiContext


class AnalyticsPlugin(InitPlugin):
    """Routes, their dependency `analytics`, and the timing of this process's statements."""

    def __init__(self, context: ApiContext) -> None:
        self.analytics = Analytics(context)

    def on_app_init(self, app_config: AppConfig) -> AppConfig:
        """See litestar.plugins.InitPlugin."""
        app_config.route_handlers = [*app_config.route_handlers, *ROUTES]
        app_config.dependencies = {
            **app_config.dependencies,
            "analytics": Provide(self._analytics, sync_to_thread=False),
        }
        app_config.on_startup.append(self._begin)
        app_config.on_shutdown.append(self._end)
        return app_config

    def _analytics(self) -> Analytics:
        return self.analytics

    def _begin(self, _app: Litestar) -> None:
        self.analytics.timings.listen(self.analytics.context.database.engine)

    def _end(self, _app: Litestar) -> None:
        self.analytics.timings.unlisten(self.analytics.context.database.engine)
        self.analytics.close()
