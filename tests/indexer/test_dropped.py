"""A chain that drops slots: two chains with one past, and a node that goes over from one to the other."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlmodel import select

from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database, open_database
from offchain.database.tables.transaction import Transaction
from offchain.indexer.db_hash import tables_digest
from offchain.indexer.decode import DecodedEvent
from offchain.indexer.indexer import Indexer
from offchain.indexer.ingest import found
from offchain.localnet.chain import LocalChain
from offchain.localnet.server import serving
from tests.indexer.conftest import caught_up, settings
from tests.support.lying_node import LyingNode, final_up_to
from tests.support.world import World


@dataclass
class Fork:
    """Both futures of a world behind ports."""

    past: int
    """The last slot that both have."""
    one: str
    other: str
    lost: set[str]
    """Signatures of the first future alone."""


@pytest.fixture
def fork(tmp_path: Path) -> Iterator[Fork]:
    with forked(World.fresh, tmp_path) as found:
        yield found


@contextmanager
def forked(make: Callable[[], World], tmp_path: Path) -> Iterator[Fork]:
    """Two futures of such a world."""
    world = make()
    world.crank_epoch()
    lp = world.user(usdc="50000")
    past = world.local.slot - 1
    world.local.save(tmp_path / "past.sqlite")
    world.market.deposit(lp, "20000")
    world.advance(seconds=25)
    world.push_price("8100")
    other = make()
    other.local.close()
    shutil.copy(tmp_path / "past.sqlite", tmp_path / "other.sqlite")
    other.local = LocalChain(clock="driven", state=tmp_path / "other.sqlite")
    other.chain.local = other.local
    other._pairs[lp.key] = lp.pair
    other.advance(seconds=25)
    with other.local.one_slot():
        other.push_price("7900")
        other.market.deposit(lp, "30000")
        other.market.sync()
    kept = {record.signature for record in other.local.transactions()}
    lost = {str(record.signature) for record in world.local.transactions() if record.signature not in kept}
    with serving(world.local) as first, serving(other.local) as second:
        yield Fork(past, first.http, second.http, lost)
    other.local.close()


def test_a_dropped_slot_is_taken_back_and_the_other_future_stored(
    fork: Fork, database: Database, tmp_path: Path
) -> None:
    final = [fork.past]
    with LyingNode(fork.one, final_up_to(lambda: final[0])).serving() as node:
        before = caught_up(node.url, database)
        assert before.status()["watermark_slot"] <= fork.past
        assert fork.lost <= signatures(database, "confirmed")
        node.target = fork.other
        after = caught_up(node.url, database)
        assert after.status()["rollbacks"] == 1
        assert not fork.lost & signatures(database, "confirmed")
        final[0] = 1 << 60
        caught_up(node.url, database)
    assert signatures(database, "confirmed") == set()
    with open_database(f"sqlite:///{tmp_path / 'straight.db'}") as straight:
        caught_up(fork.other, straight)
        assert tables_digest(database) == tables_digest(straight)


def test_listeners_hear_what_was_stored_and_from_where_it_was_taken_back(fork: Fork, database: Database) -> None:
    heard: list[DecodedEvent] = []
    back: list[int] = []

    async def follow(node: LyingNode) -> None:
        indexer = Indexer(settings(node.url, "ws://127.0.0.1:1"), database, LOCALNET)
        indexer.on_commit(lambda events, _raws: heard.extend(events))
        indexer.on_roll_back(back.append)
        await indexer.catch_up()
        node.target = fork.other
        await indexer.catch_up()
        await indexer.close()

    with LyingNode(fork.one, final_up_to(lambda: fork.past)).serving() as node:
        asyncio.run(follow(node))
    assert len(back) == 1 and back[0] > fork.past
    dropped = [event for event in heard if event.signature in fork.lost]
    assert {event.name for event in dropped} >= {"Deposited", "PriceAccepted"}
    assert min(event.slot for event in dropped) == back[0]


def test_transactions_of_one_slot_are_in_the_order_of_their_block(fork: Fork, database: Database) -> None:
    caught_up(fork.other, database)
    with database.reading() as session:
        rows = session.exec(select(Transaction).order_by(Transaction.slot, Transaction.position)).all()
    crowded = [row for row in rows if sum(other.slot == row.slot for other in rows) > 1]
    assert [row.position for row in crowded] == [0, 1, 2]
    programs = [row.raw["meta"]["logMessages"][1] for row in crowded]
    assert programs == [f"Program log: Instruction: {name}" for name in ("PushPrice", "Deposit", "SyncMarket")]


def test_what_was_dropped_while_nobody_indexed_is_taken_back_before_a_long_history_is_worked_off(
    fork: Fork, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the time the backlog is stored the slots around it are final, and nothing of them can be taken back."""
    final = [fork.past]
    with LyingNode(fork.one, final_up_to(lambda: final[0])).serving() as node:
        caught_up(node.url, database)
        assert fork.lost <= signatures(database, "confirmed")
        node.target, final[0] = fork.other, 1 << 60
        monkeypatch.setattr(found, "SPILL", 1)
        after = caught_up(node.url, database)
    assert after.status()["rollbacks"] == 1
    assert not fork.lost & signatures(database, "finalized")
    assert signatures(database, "confirmed") == set()
    monkeypatch.undo()
    with open_database(f"sqlite:///{tmp_path / 'straight.db'}") as straight:
        caught_up(fork.other, straight)
        assert tables_digest(database) == tables_digest(straight)


def signatures(database: Database, commitment: str) -> set[str]:
    with database.reading() as session:
        return set(session.exec(select(Transaction.signature).where(Transaction.commitment == commitment)))
