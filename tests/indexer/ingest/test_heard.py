"""What is heard of is stored at once, by one request; what was not heard of is found by the next survey."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve

from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database, open_database
from offchain.indexer.db_hash import tables_digest
from offchain.indexer.indexer import Indexer
from offchain.indexer.ingest import round as rounds
from offchain.indexer.ingest.ears import Ears
from offchain.indexer.projections.tables import TableProjections
from offchain.localnet.endpoints import Endpoints
from offchain.localnet.server import serving
from tests.indexer.conftest import caught_up, settings
from tests.support.lying_node import LyingNode, RefusingError, Withholding
from tests.support.patience import PATIENCE
from tests.support.world import World
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


class Deafness:
    """Nothing is heard of slots that began while it lasted, however late their notifications come."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._slots = range(0)

    def begin(self) -> None:
        """From the next slot on."""
        self._slots = range(self._newest() + 1, 1 << 62)

    def end(self) -> None:
        """What lands from now on is heard of."""
        self._slots = range(self._slots.start, self._newest() + 1)

    def covers(self, told: Any) -> bool:
        """Whether a message is not heard."""
        return "params" in told and told["params"]["result"]["context"]["slot"] in self._slots

    def _newest(self) -> int:
        return self._world.local.transactions()[-1].slot


@pytest.fixture
def deaf(story: Story, monkeypatch: pytest.MonkeyPatch) -> Deafness:
    """Of the indexer's ears."""
    take, deafness = Ears._take, Deafness(story.world)

    def taken(self: Ears, told: Any, waiting: set[int]) -> None:
        if not deafness.covers(told):
            take(self, told, waiting)

    monkeypatch.setattr(Ears, "_take", taken)
    return deafness


def projections(story: Story) -> TableProjections:
    return TableProjections(LOCALNET, story.world.parameters)


def stored(indexer: Indexer, story: Story) -> bool:
    return bool(indexer.status()["stored_slot"] >= story.world.local.transactions()[-1].slot)


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.01)


async def test_a_transaction_is_stored_before_the_chain_is_surveyed(
    story: Story, node: Endpoints, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lp = story.world.user(usdc="50000")
    with LyingNode(node.http).serving() as asked:
        async with following(story, database, asked.url, node.ws) as indexer:
            # One that is due at that moment might be first.
            monkeypatch.setattr(rounds, "SURVEY_SECONDS", 1e9)
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
            monkeypatch.undo()
            # Surveys go on, and settle what was stored ahead of them.
            newest = story.world.local.transactions()[-1].slot
            await until(lambda: indexer.status()["watermark_slot"] == newest)
    with open_database(f"sqlite:///{tmp_path / 'straight.db'}") as straight:
        await asyncio.to_thread(caught_up, node.http, straight, projections(story))
        assert tables_digest(database) == tables_digest(straight)


async def test_what_was_not_heard_of_is_put_in_its_place(
    story: Story, node: Endpoints, database: Database, tmp_path: Path, deaf: Deafness
) -> None:
    first, second = story.world.user(usdc="50000"), story.world.user(usdc="50000")
    async with following(story, database, node.http, node.ws) as indexer:
        heard: list[str] = []
        indexer.on_commit(lambda events, _raws: heard.extend(event.actor or "" for event in events))
        deaf.begin()
        await asyncio.to_thread(story.market.deposit, first, "1000")
        deaf.end()
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
    story: Story, node: Endpoints, database: Database, deaf: Deafness
) -> None:
    provider = story.world.user(usdc="50000")
    async with following(story, database, node.http, node.ws) as indexer:
        deaf.begin()
        await asyncio.to_thread(story.market.deposit, provider, "1000")
        deaf.end()
        await asyncio.to_thread(story.market.request, provider, story.world.epoch)
        newest = story.world.local.transactions()[-1].slot
        await until(lambda: indexer.status()["watermark_slot"] == newest)
        assert indexer.status()["errors"] == {}


async def test_what_follows_a_transaction_that_is_withheld_is_not_stored_before_it(
    story: Story, node: Endpoints, database: Database, tmp_path: Path, deaf: Deafness
) -> None:
    """It was not heard of, and is listed and not shown; what follows is heard of, and would be stored at once."""
    with LyingNode(node.http).serving() as asked:
        async with following(story, database, asked.url, node.ws) as indexer:
            newest, taken_back = story.world.local.transactions()[-1].slot, list[int]()
            indexer.on_roll_back(taken_back.append)
            users = [story.world.user(usdc="50000") for _ in range(2)]
            deaf.begin()
            await asyncio.to_thread(story.market.deposit, users[0], "1000")
            hidden = story.world.local.transactions()[-1]
            asked.spoils.append(spoil := Withholding(str(hidden.signature)))
            await until(lambda: indexer.status()["withheld"])
            deaf.end()
            await asyncio.to_thread(story.market.deposit, users[1], "1000")
            await until(lambda: indexer.status()["heard_unstored"])
            tries = indexer.status()["withheld"]["tries"]
            await until(lambda: indexer.status()["withheld"]["tries"] > tries + 1)
            assert indexer.status()["stored_slot"] < hidden.slot
            spoil.hiding = False
            await until(lambda: stored(indexer, story))
            await until(lambda: indexer.status()["withheld"] is None)
            assert taken_back == []
            assert newest < hidden.slot
    with open_database(f"sqlite:///{tmp_path / 'straight.db'}") as straight:
        await asyncio.to_thread(caught_up, node.http, straight, projections(story))
        assert tables_digest(database) == tables_digest(straight)


async def test_a_block_that_the_node_refuses_does_not_keep_the_chain_from_being_surveyed(
    story: Story, node: Endpoints, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was heard of may be of a slot that the chain has dropped since: its block is refused for ever."""
    surveyed = -1

    def refuse(asked: LyingNode, method: str, _params: list[Any], answer: Any) -> Any:
        if method == "getBlock" and asked.asked["getSignaturesForAddress"] == surveyed:
            asked.told["refused"] += 1
            raise RefusingError(-32007, "Slot was skipped, or missing due to ledger jump to recent snapshot")
        return answer

    providers = [story.world.user(usdc="50000") for _ in range(2)]
    monkeypatch.setattr(rounds, "GATHER_SECONDS", 3.0)  # both are heard of, however slowly one after the other
    with LyingNode(node.http, refuse).serving() as asked:
        async with following(story, database, asked.url, node.ws) as indexer:
            surveyed = asked.asked["getSignaturesForAddress"]
            with story.world.local.one_slot():
                for provider in providers:
                    story.market.deposit(provider, "1000")
            await until(lambda: stored(indexer, story))
            assert asked.told["refused"] > 0
            assert indexer.status()["errors"] == {}


def test_what_is_no_signature_is_not_heard_of() -> None:
    """Every round would look it up, and every node refuse."""
    ears = Ears(["ws://127.0.0.1:1"], {})
    for signature in ("nonsense", "", 5, None, ["1" * 64]):
        ears._take(notification(signature), set())
    assert ears.heard == {}
    ears._take(notification("1" * 64), set())
    assert ears.heard == {"1" * 64: 7}


def notification(signature: object) -> dict[str, Any]:
    return {"params": {"result": {"context": {"slot": 7}, "value": {"signature": signature}}}}


async def test_nonsense_on_the_websocket_does_not_deafen_for_good() -> None:
    connections = 0

    async def talk(socket: ServerConnection) -> None:
        nonlocal connections
        connections += 1
        asked = json.loads(await socket.recv())
        for nonsense in ('{"id": [], "result": 1}', '{"params": {"result": {"context": 5}}}', "7"):
            await socket.send(nonsense)
        if connections == 1:
            await socket.send(b"\xff")
        await socket.send(json.dumps({"id": asked["id"], "result": 1}))
        await socket.wait_closed()

    async with serve(talk, "127.0.0.1", 0) as server:
        (host, port), *_ = (one.getsockname()[:2] for one in server.sockets)
        ears = Ears([f"ws://{host}:{port}"], {"one": "address"})
        listening = asyncio.create_task(ears.run())
        await until(lambda: ears.live.is_set() or listening.done())
        assert not listening.done(), listening
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
    assert connections == 2
