"""Nodes that lie and lose, and another indexer on the database: the digest is an undisturbed run's."""

import asyncio
import random

import pytest
from sqlmodel import func, select

from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database
from offchain.database.tables.transaction import Transaction
from offchain.errors import PercosecError
from offchain.indexer.db_hash import db_hash
from offchain.indexer.errors import NodeLieError, SecondIndexerError
from offchain.indexer.indexer import Indexer
from offchain.localnet.server import serving
from tests.indexer.conftest import Life, caught_up, settings
from tests.support.lying_node import LyingNode, each_list, every, losing
from tests.support.world import World

HISTORY, WHOLE = "getSignaturesForAddress", "getTransaction"


def persistent(http: str, database: Database) -> Indexer:
    """As the service does it: again after every failure."""
    for _ in range(60):
        try:
            return caught_up(http, database)
        except PercosecError:
            continue
    raise AssertionError("sixty rounds failed")


def shuffled(entries: list[object]) -> list[object]:
    return random.Random(len(entries)).sample(entries, len(entries))


def test_a_node_that_lies_in_every_way_once_in_a_while(life: Life, database: Database) -> None:
    node = LyingNode(
        life.http,
        each_list(2, "missing", lambda _, page: [entry for number, entry in enumerate(page) if number % 7], first=1),
        each_list(2, "duplicate", lambda _, page: [*page, *page[:5]]),
        each_list(1, "reordered", lambda _, page: shuffled(page)),
        every(23, "not shown", WHOLE, lambda _: None),
        every(31, "another one", WHOLE, lambda found: {**found, "slot": found["slot"] + 1}),
        every(37, "nonsense", WHOLE, lambda _: {"slot": "x"}),
        every(41, "lost", WHOLE, losing),
    )
    with node.serving():
        persistent(node.url, database)
    assert set(node.told) == {"missing", "duplicate", "reordered", "not shown", "another one", "nonsense", "lost"}
    assert db_hash(database) == life.digest


def test_what_a_node_always_keeps_back_is_heard_of_and_put_in_its_place(life: Life, database: Database) -> None:
    hidden = {str(record.signature) for record in life.world.local.transactions()[10::7]}

    def hide(node: LyingNode, method: str, _params: list[object], answer: object) -> object:
        if method != HISTORY or not isinstance(answer, list):
            return answer
        kept = [entry for entry in answer if entry["signature"] not in hidden]
        node.told["hidden"] += len(answer) - len(kept)
        return kept

    with LyingNode(life.http, hide).serving() as node:
        caught_up(node.url, database)
        assert node.told["hidden"]
        assert db_hash(database) != life.digest
        indexer = Indexer(settings(node.url, life.ws), database, LOCALNET)
        indexer._ears.heard.update(dict.fromkeys(hidden, 0))

        async def follow() -> None:
            await indexer.catch_up()
            await indexer.close()

        asyncio.run(follow())
    assert indexer.status()["late"] > 3
    assert db_hash(database) == life.digest


def test_logs_cut_off_by_the_node_are_marked(life: Life, database: Database) -> None:
    def cut(found: dict[str, dict[str, list[str]]]) -> object:
        logs = found["meta"]["logMessages"]
        return {**found, "meta": {**found["meta"], "logMessages": [*logs[:2], "Log truncated"]}}

    with LyingNode(life.http, every(10, "truncated", WHOLE, cut)).serving() as node:
        indexer = caught_up(node.url, database)
    with database.reading() as session:
        marked = session.exec(select(func.count()).select_from(Transaction).where(Transaction.truncated)).one()
    assert 0 < marked <= node.told["truncated"]
    assert indexer.status()["truncated"] == marked


def test_two_indexers_on_one_database_notice_each_other(life: Life, database: Database) -> None:
    late = Indexer(settings(life.http, "ws://127.0.0.1:1"), database, LOCALNET)
    caught_up(life.http, database)

    async def follow() -> None:
        with pytest.raises(SecondIndexerError, match="another process indexes into this database"):
            late._store.settle(1, {})
        await late.close()

    asyncio.run(follow())
    assert db_hash(database) == life.digest


def test_a_node_that_started_anew_is_refused(life: Life, database: Database) -> None:
    caught_up(life.http, database)
    strange = World.fresh()
    strange.crank_epoch()
    with serving(strange.local) as other, pytest.raises(NodeLieError, match="reindex --from-chain"):
        caught_up(other.http, database)
    assert db_hash(database) == life.digest
