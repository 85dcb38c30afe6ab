"""The same on PostgreSQL, each role a process: two API replicas tell the same, and a killed role comes back."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from offchain.chain.addresses import LOCALNET
from offchain.chain.keys import development_admin
from offchain.live.client import LiveClient, TopicState
from tests.support.patience import PAUSE_SECONDS
from tests.support.served import Served, arrived, end, launch

WAIT_SECONDS = 180.0
"""For the market to go on, which races at first: then nothing stays the same for long."""


@dataclass
class Fleet:
    """Every process."""

    home: Path
    database: str
    market: Served
    indexer: Served
    keeper: Served
    prices: Served
    apis: tuple[Served, Served]

    @property
    def rpc(self) -> str:
        return str(self.market.document["rpc"])


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory, postgres: str) -> Iterator[Fleet]:
    """Six processes on one empty PostgreSQL database, started at once."""
    home = tmp_path_factory.mktemp("fleet")
    database = postgres.format(name="postgres")
    with ExitStack() as stack:
        market = _start(stack, home, "market", database, None)
        served = arrived(market, home, "market")
        rpc = str(served.document["rpc"])
        names = {
            "indexer": "indexer,processor,monitor",
            "keeper": "keeper",
            "prices": "prices",
            "api1": "api",
            "api2": "api",
        }
        started = {name: _start(stack, home, name, database, rpc, roles) for name, roles in names.items()}
        found = {name: arrived(process, home, name) for name, process in started.items()}
        yield Fleet(
            home, database, served, found["indexer"], found["keeper"], found["prices"], (found["api1"], found["api2"])
        )
        for process in started.values():
            process.terminate()  # all at once; the chain goes last


def _start(stack: ExitStack, home: Path, name: str, database: str, rpc: str | None, roles: str = "market") -> Any:
    given = ["--chain-port", "0"] if rpc is None else ["--rpc", rpc]
    process = launch(home, "--roles", roles, *given, name=name, PERCOSEC_DATABASE=database)
    stack.callback(end, process)
    return process


def test_both_replicas_show_the_same_live_market(fleet: Fleet) -> None:
    one, two = fleet.apis
    one.wait("/v1/markets", lambda body: [market["score"] is None for market in body["items"]] == [False, False])
    for path in ("/v1/markets", "/v1/pools", "/v1/epochs"):
        assert _same(one, two, path), path


def test_an_update_reaches_the_clients_of_both(fleet: Fleet) -> None:
    asyncio.run(_follow(fleet, str(LOCALNET.market_id(development_admin().pubkey(), 0))))


def test_a_killed_indexer_goes_on_where_it_stood_when_it_is_back(fleet: Fleet) -> None:
    one, two = fleet.apis
    fleet.indexer.kill()
    stood = one.get("/v1/markets")["as_of_slot"]
    assert two.get("/v1/markets")["as_of_slot"] == stood, "the API answers without it"
    with ExitStack() as stack:
        _start(stack, fleet.home, "indexer", fleet.database, fleet.rpc, "indexer,processor")
        for replica in (one, two):
            replica.wait("/v1/markets", lambda body: body["as_of_slot"] > stood)
        assert _same(one, two, "/v1/markets")


def _same(one: Served, two: Served, path: str) -> bool:
    """Whether both give the same body at one moment; each reads the chain's clock by itself, so not at every one."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        first, second, third = one.get(path), two.get(path), one.get(path)
        if first == second == third:
            return True
    return False


async def _follow(fleet: Fleet, market: str) -> None:
    """Until a client of each replica has heard the same changes of a market's risk, at the same slots.

    Not of every slot: a replica that is busy tells of several at once.
    """
    heard: tuple[set[int], set[int]] = (set(), set())
    hearing = [asyncio.create_task(_hear(api, market, seen)) for api, seen in zip(fleet.apis, heard, strict=True)]
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            while len(heard[0] & heard[1]) < 3:
                done, _ = await asyncio.wait(hearing, timeout=PAUSE_SECONDS)
                assert not done, "the connection ended"
    finally:
        for task in hearing:
            task.cancel()
        await asyncio.gather(*hearing, return_exceptions=True)


async def _hear(api: Served, market: str, heard: set[int]) -> None:
    async with LiveClient(api.document["live"]) as client:
        state: TopicState = await client.subscribe("risk", market=market)
        async for _ in client.frames():
            heard.add(state.as_of_slot)
