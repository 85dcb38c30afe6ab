"""The whole price service of a cluster, running: sources, capture, and the bot that writes the feeds."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from solders.keypair import Keypair

from offchain.chain.addresses import Addresses
from offchain.chain.backends.failover import FailoverChain
from offchain.database.database import Database
from offchain.prices.bot.configured import Desk, configured_bot
from offchain.prices.clock import ChainClock, Clock, SystemClock
from offchain.prices.service import PriceService
from offchain.prices.sources.configured import configured_sources
from offchain.settings.parameters import Parameters
from offchain.settings.project import Project
from offchain.settings.tree import Settings


@dataclass(frozen=True)
class Keys:
    """Who signs what the bot sends."""

    payer: Keypair
    publisher: Keypair
    """Signs the feeds of source `publisher`."""


@asynccontextmanager
async def running_prices(
    settings: Settings,
    project: Project,
    parameters: Parameters,
    at: Addresses,
    database: Database,
    keys: Keys | None,
) -> AsyncIterator[PriceService]:
    """Capture until the block ends, and write the feeds of the cluster's markets; without `keys` capture only.

    PriceError where a pair has no source, the chain no deployment, or another process captures into the database.
    """
    prices, cluster = settings.prices, settings.cluster
    chain = FailoverChain(settings.rpc_urls)
    try:
        clock: Clock = ChainClock(chain) if prices.uses_chain_clock(cluster) else SystemClock()
        sources = configured_sources(prices, cluster, database, await clock.now_ms())
        service = PriceService(prices, sources, database, clock)
        try:
            if keys is not None:
                desk = Desk(cluster, chain, at, keys.payer, keys.publisher, database, service.price)
                service.bot = await configured_bot(desk, prices, project.cluster(cluster).markets, parameters)
            await service.start()
            yield service
        finally:
            await service.stop()
    finally:
        await chain.close()
