"""From roles to the parts of an app: which services run, and what is answered."""

from collections.abc import Callable
from typing import TextIO

from litestar.types import ControllerRouterHandler

from offchain.api.build.routes import ROUTES as BUILDS
from offchain.api.context import ApiContext
from offchain.api.handlers.service import get_health
from offchain.api.routes import ROUTES as READS
from offchain.api.verify.plugin import VerifyPlugin
from offchain.api.verify.routes import ROUTES as VERIFY
from offchain.live.channels import channels_for
from offchain.live.live import Live, LivePlugin
from offchain.live.routes import ROUTES as LIVE
from offchain.monitoring.watcher.duty import Duty
from offchain.monitoring.watcher.watcher import Watcher
from offchain.processor.processor import Processor
from offchain.serve.app import Parts
from offchain.serve.services.indexer import IndexerService
from offchain.serve.services.keeper import KeeperService
from offchain.serve.services.prices import PricesService
from offchain.serve.wallets import keeper_key, price_keys
from offchain.settings.serve import API, INDEXER, KEEPER, PRICES, PROCESSOR
from offchain.web.site import Site, web_routes

LIVE_STALE_SECONDS = 60.0


def assemble(context: ApiContext, roles: tuple[str, ...], first: list[Duty], log: TextIO) -> Parts:
    """The app of a process with these roles; `first` are duties that come before the roles' own.

    PercosecError where a key can't be read. `log` gets the keeper's steps.
    """
    settings = context.settings
    watcher = Watcher(grace=settings.serve.stop_seconds)
    channels = channels_for(context.database.url)
    live = Live(context, channels)
    making: dict[str, Callable[[], Duty]] = {
        INDEXER: lambda: IndexerService(context, [live.follow]).duty(),
        PROCESSOR: lambda: Processor(context.database, context.parameters, settings.keeper.sol_price).duty(),
        KEEPER: lambda: KeeperService(context, keeper_key(settings), log).duty(),
        PRICES: lambda: PricesService(context, price_keys(settings)).duty(),
        API: lambda: Duty("live", live.run, live.status, LIVE_STALE_SECONDS),
    }
    for duty in [*first, *(make() for role, make in making.items() if role in roles)]:
        watcher.add(duty)
    routes: list[ControllerRouterHandler] = [*READS, *BUILDS, *VERIFY, *LIVE, *web_routes(Site())] if API in roles else [get_health]
    return Parts(context, watcher, routes, settings.api, [LivePlugin(live), VerifyPlugin()])
