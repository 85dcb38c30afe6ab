"""The verifying process of an application: made with it, ended with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.config.app import AppConfig
from litestar.plugins import InitPlugin

from offchain.api.context import ApiContext
from offchain.api.verify.desk import VerificationDesk

STATE = "verification_desk"


def desk_of(app: Litestar, context: ApiContext) -> VerificationDesk:
    """The application's desk, made when it is first needed: a process starts with the first question only."""
    desk = app.state.get(STATE)
    if not isinstance(desk, VerificationDesk):
        desk = VerificationDesk(context.settings.rpc_urls[0], context.settings.cluster)
        app.state[STATE] = desk
    return desk


class VerifyPlugin(InitPlugin):
    """Ends the process with the application."""

    def on_app_init(self, app_config: AppConfig) -> AppConfig:
        """See litestar.plugins.InitPlugin."""
        app_config.lifespan.append(_verifying)
        return app_config


@asynccontextmanager
async def _verifying(app: Litestar) -> AsyncIterator[None]:
    try:
        yield
    finally:
        desk = app.state.get(STATE)
        if isinstance(desk, VerificationDesk):
            await desk.close()
