"""A chain behind a port, its index, and everything the monitoring needs to look at both."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from offchain.api.context import ApiContext
from offchain.chain.addresses import LOCALNET
from offchain.chain.backends.failover import FailoverChain
from offchain.database.database import Database, open_database
from offchain.indexer.projections.tables import TableProjections
from offchain.localnet.server import serving
from offchain.monitoring.facts.chain import ChainFacts, ChainLook
from offchain.monitoring.facts.facts import Facts, gather
from offchain.monitoring.facts.kept import write_chain_facts
from offchain.monitoring.rules.all import findings
from offchain.monitoring.rules.rule import Finding, Limits
from offchain.processor.processor import Processor
from offchain.settings.monitoring import MonitoringSettings
from offchain.settings.project import load_project
from offchain.settings.tree import read_settings
from tests.indexer.conftest import caught_up
from tests.support.world import World


@dataclass
class Deployment:
    """One world, watched."""

    world: World
    http: str
    database: Database
    context: ApiContext

    def index(self) -> None:
        """Everything that happened, and the figures of it."""
        caught_up(self.http, self.database, TableProjections(LOCALNET, self.world.parameters))
        Processor(self.database, self.world.parameters, 150_000_000).refresh()

    def look_at_chain(self) -> ChainFacts:
        """One look, kept as the monitor keeps it."""

        async def look() -> ChainFacts:
            chain = FailoverChain((self.http,))
            try:
                return await ChainLook(self.context, chain).look()
            finally:
                await chain.close()

        facts = asyncio.run(look())
        with self.database.session() as session:
            write_chain_facts(session, facts, self.world.now, 0)
            session.commit()
        return facts

    def facts(self) -> Facts:
        """Of now, chain and index."""
        self.index()
        self.look_at_chain()
        return gather(self.context)

    def found(self, rule: str, **changes: Any) -> list[Finding]:
        """What one rule finds now; `changes` are of the settings."""
        limits = Limits(replace(self.context.settings.monitoring, **changes), self.world.parameters)
        return [found for (name, _), found in findings(self.facts(), limits).items() if name == rule]


@contextmanager
def deployment(world: World, folder: Path, **changes: Any) -> Iterator[Deployment]:
    """Serve a world; `changes` are of the monitoring's settings."""
    with serving(world.local) as endpoints, open_database(f"sqlite:///{folder / 'watched.db'}") as database:
        settings = read_settings({"database": database.url.render_as_string(hide_password=False)}, os.environ)
        settings = replace(
            settings,
            rpc_urls=(endpoints.http,),
            ws_url=endpoints.ws,
            monitoring=MonitoringSettings(**changes),
        )
        project = load_project()
        parameters = project.profile("development").parameters
        context = ApiContext(settings, project, LOCALNET, parameters, database, lambda: world.now, None)
        yield Deployment(world, endpoints.http, database, context)
