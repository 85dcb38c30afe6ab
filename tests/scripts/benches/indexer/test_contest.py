"""The bench of the indexer on hours of the demo: both ways leave the same rows, copies are as whole as the first."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from sqlmodel import func, select

from offchain.database.database import open_database
from offchain.database.tables.event import Event
from offchain.database.tables.transaction import Transaction
from scripts.benches.errors import BenchError
from scripts.benches.indexer.contenders import Figures, check_same, ours, plain
from scripts.benches.indexer.demo_chain import demo_documents
from scripts.benches.indexer.memory import Watch
from scripts.benches.indexer.workload import Workload

HOURS = ("--from", "2020-03-12T08:00", "--to", "2020-03-12T13:00")


@pytest.fixture(scope="module")
def workload(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workload]:
    yield Workload(demo_documents(tmp_path_factory.mktemp("demo"), HOURS))


def test_both_ways_leave_the_same_rows(workload: Workload, tmp_path: Path) -> None:
    lines = list(workload.lines(1))
    slow = plain(f"sqlite:///{tmp_path / 'plain.db'}", lines, Figures("plain", "sqlite"))
    fast = ours(f"sqlite:///{tmp_path / 'ours.db'}", lines, Figures("ours", "sqlite"), digest=True)
    check_same(slow, fast)
    size = workload.size(1)
    assert (fast.transactions, fast.events) == (slow.transactions, slow.events) == (size.transactions, size.events)
    assert size.failed > 0
    assert size.events > size.transactions
    assert fast.cpu_rate > slow.cpu_rate, "in the processor's time, which another program on the machine does not take"
    with pytest.raises(BenchError, match=r"differ in events$"):
        check_same(slow, replace(fast, tables={**fast.tables, "events": "other"}))


def test_copies_are_other_people_with_the_same_story(workload: Workload, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'copies.db'}"
    found = ours(url, workload.lines(3), Figures("ours", "sqlite"), digest=False)
    size, one = workload.size(3), workload.size(1)
    assert (found.transactions, found.events) == (size.transactions, size.events)
    signatures = [msgspec.json.decode(line)["transaction"]["signatures"][0] for line in workload.lines(3)]
    assert len(set(signatures)) == len(signatures) == size.transactions
    with open_database(url) as database, database.reading() as session:
        failed = select(func.count()).select_from(Transaction).where(Transaction.error_code.is_not(None))  # type: ignore[union-attr]  # a column
        assert session.exec(failed).one() == size.failed == 3 * one.failed
        by_market = select(Event.market_id, func.count()).where(Event.name == "ScoreUpdated").group_by(Event.market_id)
        scores = dict(session.exec(by_market).all())
    assert len(scores) == 3 * 2
    assert sorted(scores.values()) == sorted([*scores.values()][:2] * 3), "each market of a copy lives the same life"


def test_the_memory_is_noted_at_even_steps() -> None:
    watch = Watch(1_000)
    for done in range(10, 1_010, 10):
        watch.note(done)
    assert [done for done, _ in watch.points] == list(range(50, 1_050, 50))
    assert all(size > 1 << 20 for _, size in watch.points)
