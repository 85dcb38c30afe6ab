"""The app: services begin after what they need and end with it, and a role answers what belongs to it."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from litestar import Litestar
from litestar.config.app import AppConfig
from litestar.plugins import InitPlugin
from litestar.testing import AsyncTestClient

from offchain.api.context import ApiContext
from offchain.api.handlers.service import get_health
from offchain.chain.addresses import LOCALNET
from offchain.chain.backends.failover import FailoverChain
from offchain.database.database import Database, open_database
from offchain.keeper.keeper import compiled_parameters
from offchain.monitoring.watcher.duty import Duty
from offchain.monitoring.watcher.watcher import Watcher
from offchain.serve.app import Parts, create_app
from offchain.serve.assembly import assemble
from offchain.settings.project import load_project
from offchain.settings.serve import ROLES
from offchain.settings.tree import read_settings
from tests.support.patience import PATIENCE, until

NOW = 1_584_000_000
NOWHERE = FailoverChain(["http://127.0.0.1:1"])


def _context(database: Database) -> ApiContext:
    project = load_project()
    settings = read_settings({"rpc": ("http://127.0.0.1:1",), "database": str(database.url)}, {}, project)
    return ApiContext(
        settings, project, LOCALNET, compiled_parameters(project, "localnet"), database, lambda: NOW, None
    )


class _Order(InitPlugin):
    """Notes when the app's own parts begin and end."""

    def __init__(self, seen: list[str]) -> None:
        self.seen = seen

    def on_app_init(self, app_config: AppConfig) -> AppConfig:
        app_config.lifespan.append(self._noted)
        return app_config

    @asynccontextmanager
    async def _noted(self, _app: Litestar) -> AsyncIterator[None]:
        self.seen.append("parts begin")
        yield
        self.seen.append("parts end")


async def test_services_live_within_what_they_need(tmp_path: Path) -> None:
    seen: list[str] = []
    working = asyncio.Event()

    async def work(stop: asyncio.Event) -> None:
        seen.append("work begins")
        working.set()
        await stop.wait()
        seen.append("work ends")

    with open_database(f"sqlite:///{tmp_path / 'x.db'}") as database:
        watcher = Watcher()
        watcher.add(Duty("work", work, dict, 60.0))
        parts = Parts(_context(database), watcher, [get_health], plugins=[_Order(seen)])
        async with AsyncTestClient(create_app(parts)) as client:
            assert (await client.get("/v1/health")).status_code == 200
            await asyncio.wait_for(working.wait(), PATIENCE)
    assert seen == ["parts begin", "work begins", "work ends", "parts end"]


async def test_a_service_that_fails_takes_no_answer_away(tmp_path: Path) -> None:
    async def broken(_stop: asyncio.Event) -> None:
        raise ValueError("broken")

    with open_database(f"sqlite:///{tmp_path / 'x.db'}") as database:
        watcher = Watcher()
        watcher.add(Duty("broken", broken, dict, 60.0))
        async with AsyncTestClient(create_app(Parts(_context(database), watcher, [get_health]))) as client:
            await until(lambda: watcher.report()[0].failures, "the failure")
            assert (await client.get("/v1/health")).status_code == 200


async def test_each_role_brings_its_services_and_every_process_tells_its_health(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'x.db'}") as database:
        context = _context(database)
        whole = assemble(context, ROLES, NOWHERE, [], io.StringIO())
        names = {report.name for report in whole.watcher.report()}
        assert names >= {"indexer", "comparison", "figures", "keeper", "prices", "alerts", "live", "pulse"}
        app = create_app(replace(whole, watcher=Watcher()))
        paths = {route.path for route in app.routes}
        assert paths >= {
            "/v1/health",
            "/v1/markets",
            "/v1/ws",
            "/v1/transactions/deposit",
            "/v1/claims/{claim:str}/verify",
        }
        async with AsyncTestClient(app) as client:
            document = (await client.get("/v1/openapi.json")).json()
            assert document["openapi"].startswith("3.") and "/v1/markets" in document["paths"]
            policy = (await client.get("/v1/health")).headers["content-security-policy"]
            assert "connect-src 'self' http://127.0.0.1:1;" in policy, "the page may ask the chain itself"
            nothing = await client.get("/v1/nothing")
            assert (nothing.status_code, nothing.headers["content-type"]) == (404, "application/problem+json")
        alone = assemble(context, ("keeper",), NOWHERE, [], io.StringIO())
        others = {report.name for report in alone.watcher.report()}
        assert others >= {"keeper", "pulse"} and not others & {"indexer", "figures", "prices", "live"}
        assert "/v1/markets" not in {route.path for route in create_app(alone).routes}
        async with AsyncTestClient(create_app(replace(alone, watcher=Watcher()))) as client:
            assert (await client.get("/v1/health")).status_code == 200
            assert (await client.get("/metrics")).status_code == 200
            assert (await client.get("/v1/markets")).status_code == 404


async def test_the_teams_pages_are_there_on_a_loopback_address_only(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'x.db'}") as database:
        context = _context(database)
        public = replace(context.settings, serve=replace(context.settings.serve, host="0.0.0.0"))
        for settings, expected in ((context.settings, 200), (public, 404)):
            parts = assemble(replace(context, settings=settings), ROLES, NOWHERE, [], io.StringIO())
            async with AsyncTestClient(create_app(replace(parts, watcher=Watcher()))) as client:
                assert (await client.get("/analytics")).status_code == expected
