"""Rows and accounts are compared while indexer and chain go on: nothing differs, unless somebody altered it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database, open_database
from offchain.database.tables.projections import TABLES
from offchain.indexer.comparison import comparison as comparing
from offchain.indexer.comparison.comparison import ChainComparison
from offchain.indexer.errors import IndexerError
from offchain.indexer.indexer import Indexer
from offchain.indexer.projections.compare import Mismatch
from offchain.indexer.projections.rows import fields_of
from offchain.indexer.projections.tables import TableProjections
from offchain.localnet.server import Endpoints, serving
from tests.indexer.conftest import Life, caught_up, settings
from tests.indexer.projections.lived import lived
from tests.indexer.test_db_hash import altered
from tests.support.patience import PATIENCE
from tests.support.world import World

STEPS = 4


@pytest.fixture
def database(life: Life, tmp_path: Path) -> Iterator[Database]:
    """What an indexer has made of the life."""
    with open_database(f"sqlite:///{tmp_path / 'compared.db'}") as opened:
        caught_up(life.http, opened, TableProjections(LOCALNET, life.world.parameters))
        yield opened


def with_indexer(
    http: str, ws: str, database: Database, world: World, work: Callable[[ChainComparison], Awaitable[None]]
) -> None:
    """Do something beside an indexer that follows the chain."""

    async def beside() -> None:
        indexer = Indexer(settings(http, ws), database, LOCALNET, TableProjections(LOCALNET, world.parameters))
        comparison, stop = ChainComparison((http,), database, LOCALNET), asyncio.Event()
        comparison.follow(indexer)
        running = asyncio.create_task(indexer.run(stop))
        try:
            await work(comparison)
        finally:
            stop.set()
            await running
            await comparison.close()

    asyncio.run(beside())


def rows_of(database: Database) -> dict[str, list[dict[str, Any]]]:
    with database.reading() as session:
        return {
            table.name: [dict(row) for row in session.execute(select(table)).mappings()] for table in TABLES.values()
        }


def test_every_field_of_every_account_is_compared(life: Life, database: Database) -> None:
    wanted = {kind.__name__: len(rows_of(database)[table.name]) for kind, table in TABLES.items()}
    assert all(wanted.values()), "the life has accounts of every type"

    async def once(comparison: ChainComparison) -> None:
        status = await comparison.step()
        assert status["accounts"] == sum(wanted.values()) > 25
        assert status["fields"] == sum(len(fields_of(kind)) * wanted[kind.__name__] for kind in TABLES)
        assert (status["mismatches"], status["unjudged"], status["mismatch"]) == (0, 0, "")

    with_indexer(life.http, life.ws, database, life.world, once)


def test_any_altered_field_is_told_loudly(life: Life, database: Database, caplog: pytest.LogCaptureFixture) -> None:
    expected, told = set(), list[Mismatch]()
    with database.session() as session:
        for kind, table in TABLES.items():
            row = session.execute(select(table).limit(1)).mappings().one()
            changes = {name: other(table.c[name], row[name]) for name in fields_of(kind)}
            session.execute(update(table).where(table.c.address == row["address"]).values(**changes))
            expected |= {(row["address"], name) for name in changes}
        session.commit()
    assert len(expected) > 280

    async def once(comparison: ChainComparison) -> None:
        comparison.on_mismatch(told.extend)
        status = await comparison.step()
        assert status["mismatches"] == len(expected)
        assert "the events say" in str(status["mismatch"])

    with_indexer(life.http, life.ws, database, life.world, once)
    assert {(str(one.address), one.field) for one in told} == expected
    assert sum("projection and chain differ" in record.message for record in caplog.records) == len(expected)


def other(column: Any, value: Any) -> Any:
    """A value that is still one of the account's type."""
    if isinstance(value, list):
        return [*value[:-1], str(int(value[-1]) + 1)]
    if not isinstance(value, str):
        return altered(column, value)
    if value.lstrip("-").isdecimal() and len(value) < 40:
        return str(int(value) + 1)
    return str(LOCALNET.risk_engine) if value != str(LOCALNET.risk_engine) else str(LOCALNET.demo_market)


def test_rows_too_many_and_too_few_are_told(life: Life, database: Database) -> None:
    table = next(table for kind, table in TABLES.items() if kind.__name__ == "ProviderPosition")
    with database.session() as session:
        row = dict(session.execute(select(table).limit(1)).mappings().one())
        session.execute(delete(table).where(table.c.address == row["address"]))
        surplus = str(LOCALNET.market(life.world.market.id).resolver)
        session.execute(insert(table), [{**row, "address": surplus}])
        session.commit()
    told = list[Mismatch]()

    async def once(comparison: ChainComparison) -> None:
        comparison.on_mismatch(told.extend)
        await comparison.step()

    with_indexer(life.http, life.ws, database, life.world, once)
    assert {(str(one.address), one.projected, one.found) for one in told} == {
        (row["address"], "nothing", "an account"),
        (surplus, "an account", "nothing"),
    }


@pytest.fixture
def busy() -> Iterator[tuple[World, Endpoints]]:
    """A chain of its own, on which prices and syncs go on."""
    world = lived()
    with serving(world.local) as endpoints:
        yield world, endpoints


def test_a_chain_that_goes_on_is_judged_all_the_same(busy: tuple[World, Endpoints], tmp_path: Path) -> None:
    world, endpoints = busy
    steps: list[dict[str, object]] = []
    sent = 0

    async def compare_beside_trade(comparison: ChainComparison) -> None:
        nonlocal sent
        stop = asyncio.Event()

        def trade() -> None:
            world.advance(seconds=5)
            world.push_price()
            world.market.sync()

        async def trading() -> None:
            nonlocal sent
            while not stop.is_set():
                await asyncio.to_thread(trade)
                sent += 1
                await asyncio.sleep(0.2)

        def has_gone_on() -> bool:
            """A step may take less time than passes between two trades."""
            return len(steps) >= STEPS and sent >= STEPS and steps[-1]["slot"] != steps[0]["slot"]

        task = asyncio.create_task(trading())
        deadline = time.monotonic() + PATIENCE
        while not has_gone_on() and time.monotonic() < deadline:
            steps.append(dict(await comparison.step()))
        stop.set()
        await task
        steps.append(dict(await comparison.step()))

    with open_database(f"sqlite:///{tmp_path / 'busy.db'}") as database:
        with_indexer(endpoints.http, endpoints.ws, database, world, compare_beside_trade)
    assert [step["mismatches"] for step in steps] == [0] * len(steps), steps
    assert steps[-1]["slot"] != steps[0]["slot"]
    assert max(int(str(step["unjudged_steps"])) for step in steps) < len(steps), "each account was judged in some step"


def test_an_indexer_that_does_not_get_on_is_told(
    life: Life, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "WAIT_SECONDS", 0.2)

    async def without_rounds() -> None:
        comparison = ChainComparison((life.http,), database, LOCALNET)
        with pytest.raises(IndexerError, match="no indexer runs in this process"):
            await comparison.step()
        indexer = Indexer(settings(life.http, life.ws), database, LOCALNET)
        comparison.follow(indexer)
        with pytest.raises(IndexerError, match="has not come to slot"):
            await comparison.step()
        await indexer.close()
        await comparison.close()

    asyncio.run(without_rounds())
