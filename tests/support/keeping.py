"""A keeper at work on a test world that is served on ports."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Any

from offchain.database.database import Database, open_database
from offchain.keeper.journal import Journal
from offchain.keeper.keeper import Keeper
from offchain.keeper.ledger import Ledger
from offchain.localnet.endpoints import Endpoints
from offchain.localnet.server import serving
from offchain.settings.keeper import KeeperSettings
from offchain.settings.prices import PriceSettings
from offchain.settings.project import load_project
from offchain.settings.tree import Settings, read_settings
from tests.support.keys import User
from tests.support.patience import PATIENCE
from tests.support.world import World

QUICK = KeeperSettings(cycle_ms=100)
QUIET_LOOKS = 6
"""Looks at the chain, one a cycle, in which a keeper finds nothing to do: then it is done."""


@dataclass
class Place:
    """Where keepers of one test work."""

    world: World
    endpoints: Endpoints
    folder: Path

    def settings(self, keeper: KeeperSettings = QUICK, **changes: Any) -> Settings:
        """Settings for this chain."""
        url = f"sqlite:///{self.folder / 'keeper.db'}"
        flags = {"rpc": [self.endpoints.http], "ws": self.endpoints.ws, "database": url}
        plain = replace(read_settings(flags, {}), keeper=keeper, prices=PriceSettings())
        return replace(plain, **changes)

    def database(self) -> Database:
        """The keepers' database."""
        return open_database(self.settings().database)


@contextmanager
def place_of(world: World, folder: Path) -> Iterator[Place]:
    """Serve the world's chain."""
    with serving(world.local) as endpoints:
        yield Place(world, endpoints, folder)


@dataclass
class Run:
    """A keeper that runs."""

    keeper: Keeper
    ledger: Ledger
    stop: asyncio.Event
    log: StringIO
    task: asyncio.Task[None]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something to happen; fails when the keeper ends or nothing happens."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while not condition():
            if self.task.done():
                self.task.result()
                raise AssertionError(f"the keeper ended:\n{self.log.getvalue()}")
            assert asyncio.get_running_loop().time() < deadline, f"nothing happened:\n{self.log.getvalue()}"
            await asyncio.sleep(0.02)

    async def quiet(self) -> None:
        """Wait until it has looked several times and found nothing to do, however long a look takes on this machine."""
        looks, before = 0, self._at()
        while looks < QUIET_LOOKS:
            moment = self.keeper.moment
            await self.until(lambda seen=moment: self.keeper.moment is not seen)
            now = self._at()
            looks = looks + 1 if now == before and not self.keeper.workers.under_way else 0
            before = now

    def _at(self) -> tuple[int, int]:
        """What it has logged, and what waits to be done."""
        return len(self.log.getvalue()), sum(self.keeper.status()["waiting"].values())

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What it logged."""
        return [json.loads(line) for line in self.log.getvalue().splitlines()]

    def steps(self, name: str) -> list[dict[str, Any]]:
        """The lines of one step."""
        return [line for line in self.lines if line["step"] == name]


@asynccontextmanager
async def keeping(place: Place, who: User, settings: Settings | None = None) -> AsyncIterator[Run]:
    """Run a keeper with this person's key; it is stopped, and must end well, when the block does."""
    with place.database() as database:
        log = StringIO()
        chosen = settings or place.settings()
        keeper = Keeper(chosen, load_project(), place.world.at, who.pair, database, Journal(log))
        stop = asyncio.Event()
        run = Run(keeper, Ledger(database, who.key), stop, log, asyncio.create_task(keeper.run(stop)))
        try:
            await run.until(lambda: bool(run.steps("started")))
            yield run
        finally:
            stop.set()
            await run.task
