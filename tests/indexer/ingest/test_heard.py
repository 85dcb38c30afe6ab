"""What is heard of is stored at once, by one request; what was not heard of is found by the next survey."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database, open_database
from offchain.indexer.db_hash import tables_digest
from offchain.indexer.indexer import Indexer
from offchain.indexer.ingest.ears import Ears
from offchain.indexer.projections.tables import TableProjections
from offchain.localnet.endpoints import Endpoints
from offchain.localnet.server import serving
from tests.indexer.conftest import caught_up, settings
from tests.support.lying_node import LyingNode
from tests.verify.story import Story


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def node(story: Story) -> Any:
    with serving(story.world.local) as endpoints:
        yield endpoints


@asynccontextmanager
async def following(story: Story, database: Database, http: str, ws: str) -> AsyncIterator[Indexer]:
    """An indexer that has caught up and hears."""
    indexer = Indexer(settings(http, ws), database, LOCALNET, projections(story))
    stop = asyncio.Event()
    task = asyncio.create_task(indexer.run(stop))
    try:
        await until(lambda: indexer.status()["live"] and stored(indexer, story))
        await until(lambda: indexer.status()["heard_unstored"] == 0)
        yield indexer
    finally:
        stop.set()
        await task


def projections(story: Story) -> TableProjections:
    return TableProjections(LOCALNET, story.world.parameters)


def stored(indexer: Indexer, story: Story) -> bool:
    return bool(indexer.status()["stored_slot"] >= story.world.local.transactions()[-1].slot)


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not true():
            await asyncio.sleep(0.01)


async def test_a_transaction_is_stored_before_the_chain_is_surveyed(
    story: Story, node: Endpoints, database: Database, tmp_path: Path
) -> None:
    lp = story.world.user(usdc="50000")
    with LyingNode(node.http).serving() as asked:
        async with following(story, database, asked.url, node.ws) as indexer:
            surveys: list[int] = []
            indexer.on_commit(lambda _events, _raws: surveys.append(asked.asked["getSignaturesForAddress"]))
            for _ in range(5):
                before, fetched = asked.asked["getSignaturesForAddress"], asked.asked["getTransaction"]
                story.world.advance(epochs=1)
                await asyncio.to_thread(story.market.deposit, lp, "1000")
                await until(lambda: stored(indexer, story))
                assert asked.asked["getTransaction"] == fetched + 1
                assert surveys.pop() - before < len(LOCALNET.deployed), "the whole chain was surveyed first"
                await asyncio.sleep(0.3)
            assert indexer.status()["rollbacks"] == 0
            # Surveys go on, and settle what was stored ahead of them.
            newest = story.world.local.transactions()[-1].slot
            await until(lambda: indexer.status()["watermark_slot"] == newest)
    with open_database(f"sqlite:///{tmp_path / 'straight.db'}") as straight:
        await asyncio.to_thread(caught_up, node.http, straight, projections(story))
        assert tables_digest(database) == tables_digest(straight)


async def test_what_was_not_heard_of_is_put_in_its_place(
    story: Story, node: Endpoints, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = story.world.user(usdc="50000"), story.world.user(usdc="50000")
    take, deaf = Ears._take, [False]

    def taken(self: Ears, told: Any, waiting: set[int]) -> None:
        if not (deaf[0] and "params" in told):
            take(self, told, waiting)

    monkeypatch.setattr(Ears, "_take", taken)
    async with following(story, database, node.http, node.ws) as indexer:
        heard: list[str] = []
        indexer.on_commit(lambda events, _raws: heard.extend(event.actor or "" for event in events))
        deaf[0] = True
        await asyncio.to_thread(story.market.deposit, first, "1000")
        await asyncio.sleep(0.1)
        deaf[0] = False
        await asyncio.to_thread(story.market.deposit, second, "1000")
        await until(lambda: {str(first.key), str(second.key)} <= set(heard))
        newest = story.world.local.transactions()[-1].slot
        await until(lambda: indexer.status()["watermark_slot"] == newest)
        if heard.index(str(second.key)) < heard.index(str(first.key)):
            assert indexer.status()["rollbacks"] == 1
    with open_database(f"sqlite:///{tmp_path / 'straight.db'}") as straight:
        await asyncio.to_thread(caught_up, node.http, straight, projections(story))
        assert tables_digest(database) == tables_digest(straight)


async def test_what_is_heard_of_before_the_first_survey_waits_for_what_it_builds_on(
    story: Story, node: Endpoints, database: Database
) -> None:
    story.market.deposit(story.world.user(usdc="50000"), "1000")
    newest = story.world.local.transactions()[-1]
    indexer = Indexer(settings(node.http, node.ws), database, LOCALNET, projections(story))
    try:
        indexer._ears.heard[str(newest.signature)] = newest.slot
        indexer._ears.live.set()
        assert await indexer.catch_up() == len(story.world.local.transactions())
    finally:
        await indexer.close()
    assert indexer.status()["rollbacks"] == 0


async def test_what_builds_on_something_not_heard_of_waits_for_the_survey(
    story: Story, node: Endpoints, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = story.world.user(usdc="50000")
    take, deaf = Ears._take, [False]

    def taken(self: Ears, told: Any, waiting: set[int]) -> None:
        if not (deaf[0] and "params" in told):
            take(self, told, waiting)

    monkeypatch.setattr(Ears, "_take", taken)
    async with following(story, database, node.http, node.ws) as indexer:
        deaf[0] = True
        await asyncio.to_thread(story.market.deposit, provider, "1000")
        await asyncio.sleep(0.1)
        deaf[0] = False
        await asyncio.to_thread(story.market.request, provider, story.world.epoch)
        newest = story.world.local.transactions()[-1].slot
        await until(lambda: indexer.status()["watermark_slot"] == newest)
        assert indexer.status()["errors"] == {}
