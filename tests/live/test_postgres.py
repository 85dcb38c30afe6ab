"""Several processes on one PostgreSQL: one indexes, the others tell their clients the same."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from litestar.channels.backends.memory import MemoryChannelsBackend
from sqlalchemy import make_url

from offchain.database.database import Database, open_database
from offchain.live.channels import PostgresChannels, channels_for, dsn_of
from offchain.live.client import LiveClient
from offchain.live.nudge import ALL, CHANNEL, Nudge, decode, encode
from offchain.localnet.endpoints import Endpoints
from tests.live.app import Served, served, until
from tests.support.patience import PATIENCE
from tests.support.patience import until as patiently
from tests.verify.story import Story

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shared(postgres_url: str) -> Iterator[Database]:
    with open_database(postgres_url) as opened:
        yield opened


@contextmanager
def process(url: str, *node: str) -> Iterator[str]:
    """The address of an API process."""
    command = [sys.executable, "-m", "tests.live.process", url, *node]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin is not None and running.stdout is not None
        try:
            address = running.stdout.readline().strip()
            assert address, "the process did not start"
            yield address
        finally:
            running.stdin.close()
            running.wait(PATIENCE)


async def test_two_api_processes_tell_what_a_third_indexes(
    story: Story, node: Endpoints, shared: Database, postgres_url: str
) -> None:
    market, lp = str(story.market.id), story.world.user(usdc="50000")
    with process(postgres_url) as first, process(postgres_url) as second, served(shared, node):
        async with LiveClient(first) as one, LiveClient(second) as other:
            pools = [await client.subscribe("pool", market=market) for client in (one, other)]
            for client, pool in zip((one, other), pools, strict=True):
                await until(client, lambda pool=pool: bool(pool.items))
            for _ in range(5):
                seqs = [pool.seq for pool in pools]
                story.market.deposit(lp, "1000")
                story.world.advance(epochs=1)
                for client, pool, seq in zip((one, other), pools, seqs, strict=True):
                    await until(client, lambda pool=pool, seq=seq: pool.seq > seq)
            assert pools[0].items == pools[1].items
            assert pools[0].stream != pools[1].stream, "each process numbers its own frames"


async def test_a_lost_connection_is_renewed_and_what_was_missed_is_read(
    story: Story, node: Endpoints, shared: Database, postgres_url: str
) -> None:
    market, lp = str(story.market.id), story.world.user(usdc="50000")
    with served(shared) as api, served(shared, node):
        async with LiveClient(api.url) as client:
            pool = await client.subscribe("pool", market=market)
            await until(client, lambda: bool(pool.items))
            for _ in range(3):
                seq = pool.seq
                await cut(api, postgres_url)
                story.market.deposit(lp, "1000")
                story.world.advance(epochs=1)
                await until(client, lambda seq=seq: pool.seq > seq)
            assert drops(api) >= 3
            assert pool.items, "and everything is shown"


async def cut(api: Served, url: str) -> None:
    """End connections, which may be about to come back from the last time, until the server has noticed."""
    before, ended = drops(api), 0

    def is_cut() -> bool:
        nonlocal ended
        ended += terminate(url)
        return ended >= 2 and drops(api) > before

    await patiently(is_cut, "the loss")


def drops(api: Served) -> int:
    """Connections that a server has lost."""
    found = api.live.status()["channel_drops"]
    assert isinstance(found, int)
    return found


def terminate(url: str) -> int:
    """End every connection that listens or notifies."""
    with psycopg.connect(url, autocommit=True) as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND datname = current_database() AND (query LIKE 'LISTEN%' OR query LIKE 'NOTIFY%' OR query = 'SELECT 1')"
        ).fetchall()
    return len(ended)


async def test_what_was_published_while_the_server_was_away_arrives_or_is_told_as_everything(postgres_url: str) -> None:
    dsn = dsn_of(make_url(postgres_url))
    sender, hearer = PostgresChannels(dsn), PostgresChannels(dsn)
    await hearer.subscribe([CHANNEL])
    await sender.on_startup()
    await hearer.on_startup()
    heard: asyncio.Queue[Nudge] = asyncio.Queue()

    async def hear() -> None:
        async for channel, payload in hearer.stream_events():
            assert channel == CHANNEL
            heard.put_nowait(decode(payload))

    hearing = asyncio.create_task(hear())
    try:
        async with asyncio.timeout(PATIENCE):
            assert await heard.get() == ALL, "what was sent before the first LISTEN is unknown"
            await sender.publish(encode(Nudge(slot=1)), [CHANNEL])
            assert await heard.get() == Nudge(slot=1)
            terminate(postgres_url)
            await sender.publish(encode(Nudge(slot=2)), [CHANNEL])
            await sender.publish(encode(Nudge(slot=3)), [CHANNEL])
            found = [await heard.get()]
            while found[-1] not in (ALL, Nudge(slot=3)):
                found.append(await heard.get())
            assert ALL in found or found == [Nudge(slot=2), Nudge(slot=3)]
            assert sender.drops + hearer.drops >= 1
    finally:
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)
        await sender.on_shutdown()
        await hearer.on_shutdown()


async def test_a_server_that_is_away_at_the_start_is_waited_for() -> None:
    backend = PostgresChannels("postgresql://nobody@127.0.0.1:1/nothing")
    await backend.subscribe([CHANNEL])
    await backend.on_startup()
    for number in range(1_500):
        await backend.publish(encode(Nudge(slot=number)), [CHANNEL])
    while backend.drops < 2:
        await asyncio.sleep(0.05)
    async with asyncio.timeout(PATIENCE):
        await backend.on_shutdown()


def test_one_process_on_sqlite_needs_no_server() -> None:
    assert isinstance(channels_for(make_url("sqlite:///x.db"))._backend, MemoryChannelsBackend)
    url = "postgresql+psycopg://me:p%40ss@host/name?host=/run"
    assert dsn_of(make_url(url)) == "postgresql://me:p%40ss@host/name?host=%2Frun"
