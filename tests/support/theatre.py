"""A running market with its chain in a process of its own, a keeper and a price bot: as `percosec serve` has it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

from solders.pubkey import Pubkey

from offchain.chain.addresses import addresses
from offchain.chain.backends.rpc import RpcChain
from offchain.chain.directory import Directory, load_directory
from offchain.chain.keys import dev_key, development_admin
from offchain.database.database import open_database
from offchain.demo.window import read_time
from offchain.keeper.journal import Journal
from offchain.keeper.keeper import Keeper
from offchain.localnet.endpoints import Endpoints
from offchain.prices.running import Keys, running_prices
from offchain.serve.chain_process import ChainProcess
from offchain.settings.project import load_project
from offchain.settings.stage import StageSettings
from offchain.settings.tree import Settings, read_settings
from offchain.stage.roles import keeper_settings, price_settings
from offchain.stage.running_market import RunningMarket, keeper_key

AT = addresses("localnet")
PATIENCE = 300.0
"""Seconds until something that should happen has not."""
RACING = 1 << 40
"""A `slow_from` beyond all recordings."""


def market_id(name: str) -> Pubkey:
    """The market of this name in seahorse.toml."""
    found = {each.name: each.index for each in load_project().cluster("localnet").markets}
    return AT.market_id(development_admin().pubkey(), found[name])


def racing_from(moment: str, patience: int = 60) -> StageSettings:
    """A stage that starts then and plays as fast as its keeper can."""
    return StageSettings(start=read_time(moment), slow_from=RACING, patience=patience)


@dataclass
class Theatre:
    """One chain and one database, on which markets are played one after the other."""

    chain: ChainProcess
    folder: Path
    stage: StageSettings

    @property
    def endpoints(self) -> Endpoints:
        """Where the chain is."""
        return self.chain.endpoints

    def settings(self) -> Settings:
        """As the app has them."""
        url = f"sqlite:///{self.folder / 'percosec.db'}"
        flags = {"rpc": [self.endpoints.http], "ws": self.endpoints.ws, "database": url}
        plain = read_settings(flags, {})
        prices, keeper = price_settings(plain.prices), keeper_settings(plain.keeper)
        return replace(plain, stage=self.stage, prices=prices, keeper=keeper)

    async def look(self) -> Directory:
        """Everything on the chain now."""
        return await asyncio.to_thread(self._look)

    def _look(self) -> Directory:
        chain = RpcChain.connect(self.endpoints.http)
        try:
            return load_directory(chain, AT)
        finally:
            chain.close()

    @asynccontextmanager
    async def playing(self, keeper: bool = True, prices: bool = True) -> AsyncIterator[Playing]:
        """Prepare and play until the block ends; everything ends well, or the test fails."""
        settings, project = self.settings(), load_project()
        market = RunningMarket(self.endpoints.http, self.stage)
        await market.prepare()
        stop = asyncio.Event()
        async with AsyncExitStack() as ends:
            database = ends.enter_context(open_database(settings.database))
            log = StringIO()
            tasks = [asyncio.create_task(market.run(stop))]
            if keeper:
                worker = Keeper(settings, project, AT, keeper_key(), database, Journal(log))
                tasks.append(asyncio.create_task(worker.run(stop)))
            if prices:
                parameters, publisher = project.profile("development").parameters, dev_key("publisher")
                keys = Keys(publisher, publisher)
                service = running_prices(settings, project, parameters, AT, database, keys)
                await ends.enter_async_context(service)
            try:
                yield Playing(market, tasks, log)
            finally:
                stop.set()
                await asyncio.gather(*tasks)


@dataclass
class Playing:
    """A market that is being played."""

    market: RunningMarket
    tasks: list[asyncio.Task[None]]
    keeper_log: StringIO

    def number(self, name: str) -> int:
        """A figure of the stage's status."""
        found = self.market.status()[name]
        assert isinstance(found, int)
        return found

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for something to happen; fails when a part ends or nothing happens."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while not condition():
            for task in self.tasks:
                if task.done():
                    task.result()
                    raise AssertionError(f"a part has ended before {what}")
            assert asyncio.get_running_loop().time() < deadline, f"{what} never came: {self.market.status()}"
            await asyncio.sleep(0.1)

    async def reach(self, epoch: int) -> None:
        """Wait until this epoch is played."""
        await self.until(lambda: self.number("epoch") >= epoch, f"epoch {epoch}")


@asynccontextmanager
async def theatre(folder: Path, stage: StageSettings) -> AsyncIterator[Theatre]:
    """A new chain for a stage; it ends with the block."""
    with ChainProcess(folder / "chain.sqlite", folder / "chain.log", 0, stage.start) as chain:
        await asyncio.to_thread(chain.start)
        yield Theatre(chain, folder, stage)
