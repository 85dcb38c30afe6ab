"""The service hears of transactions, loses its WebSocket again and again, and leaves nothing out."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from offchain.database.database import Database, open_database
from offchain.indexer import indexer as service
from offchain.indexer.db_hash import tables_digest
from offchain.indexer.indexer import Indexer
from offchain.indexer.ingest import ears
from offchain.indexer.projections.tables import TableProjections
from offchain.indexer.store.rows import CONFIRMED
from offchain.localnet.server import Endpoints, serving
from tests.indexer.conftest import caught_up
from tests.indexer.faults.conftest import stored
from tests.indexer.faults.service import new_indexer, until
from tests.indexer.projections.lived import lived
from tests.support.cut_line import CutLine
from tests.support.patience import PATIENCE
from tests.support.world import World

CUTS = 4


@pytest.fixture
def chain() -> Iterator[tuple[World, Endpoints]]:
    world = lived()
    with serving(world.local) as endpoints:
        yield world, endpoints


Story = Callable[[World, CutLine, Indexer, Callable[[], Awaitable[None]]], Awaitable[None]]


def told(chain: tuple[World, Endpoints], database: Database, tmp_path: Path, story: Story) -> dict[str, object]:
    """Run the service over a line that the story cuts; afterwards everything is as if it had never been."""
    world, endpoints = chain

    async def serve() -> dict[str, object]:
        address = urlsplit(endpoints.ws)
        async with CutLine(str(address.hostname), address.port or 80).serving() as line:
            ws = f"ws://127.0.0.1:{line.port}"
            indexer, stop = new_indexer(endpoints.http, ws, database, world.parameters), asyncio.Event()
            task = asyncio.create_task(indexer.run(stop))

            async def complete() -> None:
                """Wait until everything that has landed is stored."""
                landed = sum(1 for record in world.local.transactions() if set(record.keys) & ours(world))
                await until(lambda: stored(database) == landed, task)

            await complete()
            await story(world, line, indexer, complete)
            await complete()
            await until(lambda: not stored(database, CONFIRMED), task)
            stop.set()
            await task
            return indexer.status()

    status = asyncio.run(serve())
    with open_database(f"sqlite:///{tmp_path / 'calm.db'}") as calm:
        caught_up(endpoints.http, calm, TableProjections(world.at, world.parameters))
        (digest, tables), (wanted, straight) = tables_digest(database), tables_digest(calm)
        assert [name for name in tables if tables[name] != straight[name]] == []
        assert digest == wanted
    return status


def ours(world: World) -> set[object]:
    return set(world.at.deployed.values())


async def live(indexer: Indexer) -> None:
    await asyncio.wait_for(indexer._ears.live.wait(), PATIENCE)


def test_a_websocket_that_breaks_is_opened_again(
    chain: tuple[World, Endpoints], database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It polls once in five minutes: whatever is stored was heard of, or looked up after a new connection."""
    monkeypatch.setattr(service, "POLL_SECONDS", 300.0)
    lines: list[CutLine] = []

    async def story(world: World, line: CutLine, indexer: Indexer, complete: Callable[[], Awaitable[None]]) -> None:
        lines.append(line)
        for _ in range(CUTS):
            await live(indexer)
            await asyncio.to_thread(happen, world)
            await complete()
            line.cut()
            await asyncio.sleep(0.05)
            await asyncio.to_thread(happen, world)  # nobody hears of it
            await live(indexer)
            await complete()

    status = told(chain, database, tmp_path, story)
    assert status["drops"] == CUTS
    assert lines[0].opened == CUTS + 1
    assert status["heard_unstored"] == 0


def happen(world: World) -> None:
    world.advance(seconds=20)
    world.push_price()
    world.market.sync()


def test_a_websocket_that_is_refused_for_a_while(
    chain: tuple[World, Endpoints], database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ears, "AGAIN_SECONDS", (0.1,))
    lines: list[CutLine] = []

    async def story(world: World, line: CutLine, indexer: Indexer, complete: Callable[[], Awaitable[None]]) -> None:
        lines.append(line)
        await live(indexer)
        line.refusing = True
        line.cut()
        while line.cuts < 4:
            await asyncio.sleep(0.05)
        assert not indexer.status()["live"]
        await asyncio.to_thread(happen, world)
        await complete()  # by polling
        line.refusing = False
        await live(indexer)

    status = told(chain, database, tmp_path, story)
    assert int(str(status["drops"])) >= 4
    assert status["live"] is True
    assert lines[0].opened == 2


def test_a_websocket_that_falls_silent_is_polled_past(
    chain: tuple[World, Endpoints], database: Database, tmp_path: Path
) -> None:
    lines: list[CutLine] = []

    async def story(world: World, line: CutLine, indexer: Indexer, complete: Callable[[], Awaitable[None]]) -> None:
        lines.append(line)
        await live(indexer)
        line.silent = True
        await asyncio.to_thread(happen, world)
        await complete()

    status = told(chain, database, tmp_path, story)
    assert lines[0].swallowed > 0
    assert status["drops"] == 0
