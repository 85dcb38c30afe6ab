"""A transaction that is listed and never shown: whoever can show it is asked, and nothing passes it meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, func, select

from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database
from offchain.database.tables.transaction import Transaction
from offchain.indexer import indexer as service
from offchain.indexer.db_hash import tables_digest
from offchain.indexer.indexer import Indexer
from offchain.indexer.ingest.backlog import Backlog
from offchain.indexer.projections.tables import TableProjections
from offchain.indexer.store.rows import FINALIZED
from offchain.settings.urls import shown
from tests.indexer.conftest import Life, settings
from tests.indexer.faults.conftest import Undisturbed, stored
from tests.indexer.faults.service import until
from tests.support.lying_node import LyingNode, Withholding

HISTORY, WHOLE = "getSignaturesForAddress", "getTransaction"


class Inventing:
    """Lists a transaction that never was beside the one in the middle, while it is `lying`."""

    def __init__(self, beside: str) -> None:
        self.beside = beside
        self.signature = "1" * 64
        self.lying = True

    def __call__(self, node: LyingNode, method: str, _params: list[Any], answer: Any) -> Any:
        if method != HISTORY or not self.lying:
            return answer
        lied = []
        for entry in answer:
            lied.append(entry)
            if entry["signature"] == self.beside:
                node.told["invented"] += 1
                lied.append({**entry, "signature": self.signature})
        return lied


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses grow, but not to seconds."""
    monkeypatch.setattr(service, "RETRY_SECONDS", (0.05, 0.1))


@asynccontextmanager
async def running(
    life: Life, database: Database, *urls: str
) -> AsyncIterator[tuple[Indexer, Callable[[Callable[[], bool]], Any]]]:
    """The service on these nodes, and how to wait while it goes on."""
    of_nodes = replace(settings(urls[0], life.ws), rpc_urls=urls)
    indexer = Indexer(of_nodes, database, LOCALNET, TableProjections(LOCALNET, life.world.parameters))
    stop = asyncio.Event()
    task = asyncio.create_task(indexer.run(stop))
    try:
        yield indexer, lambda done: until(done, task)
    finally:
        stop.set()
        await task


def middle(life: Life) -> tuple[str, int]:
    """Signature and slot of a transaction in the midst of the life."""
    records = life.world.local.transactions()
    record = records[len(records) // 2]
    return str(record.signature), record.slot


def stored_from(database: Database, slot: int) -> int:
    """Transactions in a database of this slot and later ones."""
    with database.reading() as session:
        query = select(func.count()).select_from(Transaction).where(col(Transaction.slot) >= slot)
        return int(session.exec(query).one())


async def test_other_nodes_are_asked_for_it(life: Life, database: Database, undisturbed: Undisturbed) -> None:
    signature, _ = middle(life)
    with LyingNode(life.http, Withholding(signature)).serving() as one, LyingNode(life.http).serving() as other:
        async with running(life, database, one.url, other.url) as (indexer, wait):
            await wait(lambda: stored(database, FINALIZED) == undisturbed.transactions)
            assert indexer.status()["errors"] == {}
            assert indexer.status()["withheld"] is None
        assert one.told["withheld"] == other.asked[WHOLE] == 1
    assert tables_digest(database) == (undisturbed.digest, undisturbed.tables)


@pytest.mark.parametrize("long", [False, True])
async def test_nothing_passes_it_until_it_is_shown(
    life: Life, database: Database, undisturbed: Undisturbed, request: pytest.FixtureRequest, long: bool
) -> None:
    backlogs: list[Backlog] = request.getfixturevalue("small") if long else []
    signature, slot = middle(life)
    before = sum(record.slot < slot for record in life.world.local.transactions())
    spoil = Withholding(signature)
    with LyingNode(life.http, spoil).serving() as node:
        async with running(life, database, node.url) as (indexer, wait):
            # Everything before it is stored, though a part of the history is fetched as a whole.
            await wait(lambda: stored(database, FINALIZED) == before)
            await wait(lambda: bool((indexer.status()["withheld"] or {}).get("tries", 0) > 5))
            told = indexer.status()
            assert told["withheld"]["signature"] == signature
            assert told["withheld"]["slot"] == slot
            assert told["withheld"]["nodes"] == [shown(node.url)]
            assert signature in told["last_error"] and shown(node.url) in told["last_error"]
            assert told["watermark_slot"] < slot
            assert stored_from(database, slot) == 0
            fetched = node.asked[WHOLE] - node.told["withheld"]
            spoil.hiding = False
            await wait(lambda: stored(database, FINALIZED) == undisturbed.transactions)
            await wait(lambda: indexer.status()["withheld"] is None)
        # What follows is not fetched again and again while it waits.
        assert fetched <= 2 * undisturbed.transactions
        assert len(backlogs) == int(long), "listed once"
    assert tables_digest(database) == (undisturbed.digest, undisturbed.tables)


async def test_a_long_history_is_listed_anew_when_it_is_not_there_any_more(
    life: Life, database: Database, undisturbed: Undisturbed, small: list[Backlog]
) -> None:
    spoil = Inventing(middle(life)[0])
    with LyingNode(life.http, spoil).serving() as node:
        async with running(life, database, node.url) as (indexer, wait):
            await wait(lambda: bool(indexer.status()["withheld"]))
            assert indexer.status()["withheld"]["signature"] == spoil.signature
            spoil.lying = False
            await wait(lambda: stored(database, FINALIZED) == undisturbed.transactions)
            await wait(lambda: indexer.status()["withheld"] is None)
    assert len(small) > 1
    assert tables_digest(database) == (undisturbed.digest, undisturbed.tables)
