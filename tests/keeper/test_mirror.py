"""What the keeper knows, and how it hears of changes."""

import asyncio
import json
from collections.abc import AsyncIterator
from io import StringIO

import pytest
from websockets.asyncio.server import ServerConnection, serve

from offchain.chain.backends.failover import FailoverChain
from offchain.chain.directory import queries
from offchain.keeper.journal import Journal
from offchain.keeper.mirror import Mirror
from offchain.keeper.watch import Watch
from offchain.localnet.server import serving
from tests.support.keeping import Place
from tests.support.market import Market
from tests.support.patience import PATIENCE, until
from tests.support.world import World


@pytest.fixture
async def mirror(place: Place) -> AsyncIterator[Mirror]:
    """A mirror that has read everything once."""
    chain = FailoverChain([place.endpoints.http])
    found = Mirror(chain, [place.endpoints.ws], place.world.at, "localnet", Journal(StringIO()), 60)
    await found.read_all()
    found.take_changed()
    yield found
    await chain.close()


async def changed(mirror: Mirror) -> set[object]:
    """The markets that changed, soon."""
    async with asyncio.timeout(PATIENCE):
        await mirror.changed.wait()
    return set(mirror.take_changed())


async def test_the_clock_brings_prices_along(world: World, market: Market, mirror: Mirror) -> None:
    world.advance(seconds=7)
    world.push_price("8123")
    assert await mirror.now() == world.now
    assert mirror.take_changed() == {market.id}
    assert mirror.directory.feeds[world.feed].price == 8_123_000_000
    assert await mirror.now() == world.now
    assert mirror.take_changed() == set()


async def test_an_unchanged_chain_concerns_nobody_however_often_it_is_read(mirror: Mirror) -> None:
    await mirror.read_all()
    assert mirror.take_changed() == set()


async def test_subscriptions_tell_of_changes_at_once(world: World, market: Market, mirror: Mirror) -> None:
    watching = asyncio.create_task(mirror.watch.run())
    try:
        await until(lambda: mirror.watch.live, "the subscriptions")
        market.cover("150000")
        assert await changed(mirror) == {market.id}
        found = mirror.directory.market(market.id)
        async with asyncio.timeout(PATIENCE):
            while found is None or found.pool.available_balance != 150_000 * 10**6:
                await changed(mirror)
                found = mirror.directory.market(market.id)
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def test_it_is_live_and_reads_everything_only_once_every_subscription_is_answered(world: World) -> None:
    """A change between a reading and a subscription that begins after it would be missed."""
    asked, answering = asyncio.Event(), asyncio.Event()

    async def talk(socket: ServerConnection) -> None:
        numbers = [json.loads(await socket.recv())["id"] for _ in queries(world.at)]
        asked.set()
        await answering.wait()
        for number in numbers:
            await socket.send(json.dumps({"jsonrpc": "2.0", "id": number, "result": number}))
        await socket.wait_closed()

    connected: list[bool] = []
    async with serve(talk, "127.0.0.1", 0) as server:
        (host, port), *_ = (one.getsockname()[:2] for one in server.sockets)
        watch = Watch([f"ws://{host}:{port}"], world.at, lambda *_: None, lambda: connected.append(watch.live))
        watching = asyncio.create_task(watch.run())
        try:
            await until(asked.is_set, "the requests")
            assert not watch.live and not connected
            answering.set()
            await until(lambda: watch.live, "the subscriptions")
            assert connected == [True]
        finally:
            answering.set()
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)


async def test_an_answer_that_comes_late_does_not_undo_what_was_heard_since(
    world: World, market: Market, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The node answers, then a transaction lands in the slot it named, and its notification is faster."""
    pool = world.at.market(market.id).pool
    slot, before = await mirror._chain.accounts_in_slot([pool])
    market.cover("150000")
    account = world.local.account(pool)
    assert account is not None
    mirror._put(pool, account, slot)

    async def late(_addresses: object) -> object:
        return slot, before

    monkeypatch.setattr(mirror._chain, "accounts_in_slot", late)
    await mirror.read([pool])
    found = mirror.directory.market(market.id)
    assert found is not None
    assert found.pool.available_balance == 150_000 * 10**6


async def test_a_dropped_subscription_is_renewed_elsewhere_and_everything_is_read_again(
    world: World, market: Market, place: Place
) -> None:
    dying = serving(world.local)
    first = dying.__enter__()
    chain = FailoverChain([place.endpoints.http])
    mirror = Mirror(chain, [first.ws, place.endpoints.ws], world.at, "localnet", Journal(StringIO()), 60)
    tasks = [asyncio.create_task(part) for part in (mirror.watch.run(), mirror.keep_reading())]
    try:
        assert await changed(mirror) == {market.id}
        await asyncio.to_thread(dying.__exit__, None, None, None)
        world.advance(seconds=1)
        world.push_price("8123")
        assert await changed(mirror) == {market.id}
        assert mirror.watch.drops == 1 and mirror.watch.live
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await chain.close()
