"""One server process from its start to its end."""

import asyncio
import json
import logging
import socket
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TextIO

import click
from rich.console import Console

from offchain.api.context import ApiContext
from offchain.chain.addresses import addresses
from offchain.chain.backends.failover import FailoverChain
from offchain.database.database import Database
from offchain.keeper.keeper import compiled_parameters
from offchain.monitoring.watcher.duty import Duty
from offchain.monitoring.watcher.watcher import Watcher
from offchain.serve.app import create_app
from offchain.serve.assembly import assemble
from offchain.serve.chain_process import ChainProcess
from offchain.serve.places import Places, places_of
from offchain.serve.screen import head, show
from offchain.serve.server import Server, stop_on_signals, url_of
from offchain.serve.services.clock import ChainTime
from offchain.settings.project import Project
from offchain.settings.tree import Settings
from offchain.stage.running_market import RunningMarket

STALE_SECONDS = 30.0
_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True)
class Process:
    """What one process is given."""

    settings: Settings
    project: Project
    roles: tuple[str, ...]
    database: Database
    opened: socket.socket
    """Where it listens."""
    log: TextIO
    console: Console
    chain: ChainProcess | None = None
    """Its own local chain, running; only with the role `market`."""
    as_json: bool = False
    data: str = ""
    open_browser: bool = False
    """Show the web UI as soon as it is there."""

    @property
    def live_screen(self) -> bool:
        """Whether somebody looks on."""
        return self.console.is_terminal and not self.as_json

    async def run(self) -> None:
        """Serve until Ctrl-C or SIGTERM; PercosecError when it can't start."""
        stop = stop_on_signals()
        local = await self._local_duties(stop)
        if stop.is_set():
            return
        chain = FailoverChain(self.settings.rpc_urls)
        try:
            time = ChainTime(chain, self.settings.cluster)
            await time.first_look()
            context = self._context(chain, time)
            parts = assemble(context, self.roles, chain, [time.duty(), *local], self.log)
            places = places_of(self.settings, self.roles, url_of(self.opened), self.data)
            ready = asyncio.Event()
            async with self._shown(places, parts.watcher, ready):
                await Server(create_app(parts), self.settings.serve.proxies).run(self.opened, stop, ready)
        finally:
            await chain.close()

    async def _local_duties(self, stop: asyncio.Event) -> list[Duty]:
        """The local chain and its market, prepared; a stop ends the preparation."""
        if self.chain is None:
            return []
        market = RunningMarket(self.chain.endpoints.http, self.settings.stage)
        with self.console.status("making the market: programs, pools, money ..."):
            preparing = asyncio.create_task(market.prepare())
            stopping = asyncio.create_task(stop.wait())
            await asyncio.wait([preparing, stopping], return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            if not preparing.done():
                preparing.cancel()
                await asyncio.gather(preparing, return_exceptions=True)
                return []
            preparing.result()
        return [
            Duty("chain", self.chain.run, self.chain.status, STALE_SECONDS, progress=asyncio.get_running_loop().time),
            Duty("market", market.run, market.status, STALE_SECONDS),
        ]

    def _context(self, chain: FailoverChain, time: ChainTime) -> ApiContext:
        settings = self.settings
        parameters = compiled_parameters(self.project, settings.cluster)
        at = addresses(settings.cluster)
        return ApiContext(settings, self.project, at, parameters, self.database, time.now, chain)

    @asynccontextmanager
    async def _shown(self, places: Places, watcher: Watcher, ready: asyncio.Event) -> AsyncIterator[None]:
        """Say where it is as soon as it answers, and on a terminal how it goes."""
        showing = asyncio.create_task(self._show(places, watcher, ready))
        try:
            yield
        finally:
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)

    async def _show(self, places: Places, watcher: Watcher, ready: asyncio.Event) -> None:
        await ready.wait()
        _LOGGER.info("serving %s at %s", ", ".join(self.roles), places.url)
        # Beside the rest: some browsers keep the call until they are closed.
        opening = asyncio.create_task(self._open(places.url))
        if self.as_json:
            click.echo(json.dumps(places.document(self.roles)))
        elif self.live_screen:
            await show(self.console, places, watcher)
        else:
            self.console.print(head(places), "Ctrl-C stops; what there is is kept.", sep="\n")
        await opening

    async def _open(self, url: str) -> None:
        if self.open_browser and not await asyncio.to_thread(webbrowser.open, url):
            self.console.print(f"no browser could be opened here: open {url} yourself")
