"""From roles to the parts of an app: which services run, and what is answered."""

from collections.abc import Callable
from dataclasses import replace
from typing import TextIO

from litestar.plugins import InitPlugin
from litestar.types import ControllerRouterHandler

from offchain.analytics.plugin import AnalyticsPlugin
from offchain.api.build.routes import ROUTES as BUILDS
from offchain.api.context import ApiContext
from offchain.api.handlers.service import get_health
from offchain.api.options import ApiOptions
from offchain.api.public_node import public_node
from offchain.api.routes import ROUTES as READS
from offchain.api.verify.plugin import VerifyPlugin
from offchain.api.verify.routes import ROUTES as VERIFY
from offchain.chain.backends.failover import FailoverChain
from offchain.indexer.comparison.comparison import ChainComparison
from offchain.live.channels import channels_for
from offchain.live.live import Live, LivePlugin
from offchain.live.routes import ROUTES as LIVE
from offchain.monitoring.monitor import Monitor
from offchain.monitoring.plugin import MonitoringPlugin
from offchain.monitoring.pulse import Pulse
from offchain.monitoring.routes import OPERATIONS
from offchain.monitoring.routes import ROUTES as MONITORING
from offchain.monitoring.watcher.duty import Duty
from offchain.monitoring.watcher.every import every
from offchain.monitoring.watcher.watcher import Watcher
from offchain.processor.processor import Processor
from offchain.serve.app import Parts
from offchain.serve.breaking_off import breaking_off
from offchain.serve.closing import Closing
from offchain.serve.roles import shows_analytics
from offchain.serve.services.indexer import IndexerService
from offchain.serve.services.keeper import KeeperService
from offchain.serve.services.prices import PricesService
from offchain.serve.sole import alone
from offchain.serve.wallets import keeper_key, price_keys
from offchain.settings.serve import API, INDEXER, KEEPER, MONITOR, PRICES, PROCESSOR
from offchain.web.site import Site, web_routes

LIVE_STALE_SECONDS = 60.0
COMPARE_SECONDS = 60.0
"""Between two comparisons of every row with its account on the chain."""


def assemble(
    context: ApiContext, roles: tuple[str, ...], chain: FailoverChain, first: list[Duty], log: TextIO
) -> Parts:
    """The app of a process with these roles; `first` are duties that come before the roles' own.

    PercosecError where a key can't be read. `log` gets the keeper's steps.
    """
    settings = context.settings
    watcher, closing = Watcher(grace=settings.serve.stop_seconds), Closing()
    live = Live(context, channels_for(context.database.url))
    making: dict[str, Callable[[], list[Duty]]] = {
        INDEXER: lambda: _indexing(context, live, closing),
        PROCESSOR: lambda: [Processor(context.database, context.parameters, settings.keeper.sol_price).duty()],
        KEEPER: lambda: [KeeperService(context, keeper_key(settings), log).duty()],
        PRICES: lambda: [PricesService(context, price_keys(settings)).duty()],
        MONITOR: lambda: closing.of(Monitor(context, chain)).duties(),
    }
    for duty in first:
        watcher.add(duty)
    for role, make in making.items():
        for duty in make() if role in roles else []:
            watcher.add(alone(duty, context.database, _lock(duty, context)))
    if API in roles:
        watcher.add(Duty("live", live.run, live.status, LIVE_STALE_SECONDS))
    watcher.add(Pulse(context, watcher, roles).duty())
    return Parts(context, watcher, _routes(roles), _options(context), [closing, *_plugins(context, roles, live)])


def _options(context: ApiContext) -> ApiOptions:
    """The web UI reads the node that `/v1/status` names when the API is away: its page may connect there."""
    scheme, _, rest = public_node(context.settings, context.project).partition("://")
    given = context.settings.api
    return replace(given, connect=(*given.connect, f"{scheme}://{rest.partition('/')[0]}"))


def _indexing(context: ApiContext, live: Live, closing: Closing) -> list[Duty]:
    comparison = closing.of(ChainComparison(context.settings.rpc_urls, context.database, context.at))
    service = IndexerService(context, [live.follow, comparison.follow])
    # A comparison waits for the indexer, which a stop ends as well.
    return [service.duty(), breaking_off(every("comparison", COMPARE_SECONDS, comparison.step))]


def _lock(duty: Duty, context: ApiContext) -> str:
    """Two keepers may work side by side when their keys differ."""
    return f"keeper {keeper_key(context.settings).pubkey()}" if duty.name == KEEPER else duty.name


def _routes(roles: tuple[str, ...]) -> list[ControllerRouterHandler]:
    """Health, metrics and status of every process; everything else, the web UI too, where the role `api` is."""
    if API in roles:
        return [*READS, *BUILDS, *VERIFY, *LIVE, *MONITORING, *web_routes(Site())]
    return [get_health, *OPERATIONS]


def _plugins(context: ApiContext, roles: tuple[str, ...], live: Live) -> list[InitPlugin]:
    found: list[InitPlugin] = [MonitoringPlugin(), LivePlugin(live)]
    if API in roles:
        found.append(VerifyPlugin())
        if shows_analytics(context.settings):
            found.append(AnalyticsPlugin(context))
    return found
