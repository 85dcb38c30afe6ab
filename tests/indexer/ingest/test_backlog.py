"""A history that is too long for the memory lies on the disk until it is stored; the result is the same."""

from offchain.database.database import Database
from offchain.indexer.db_hash import db_hash
from offchain.indexer.ingest import found
from offchain.indexer.ingest.backlog import Backlog
from offchain.indexer.ingest.found import Found
from offchain.indexer.ingest.listed import Listed
from tests.indexer.conftest import Life, caught_up
from tests.indexer.test_faults import persistent, shuffled
from tests.support.lying_node import LyingNode, each_list, final_up_to


def test_a_long_history_is_worked_off_from_its_oldest_end(life: Life, database: Database, small: list[Backlog]) -> None:
    indexer = caught_up(life.http, database)
    assert len(small) == 1, "listed once"
    assert indexer.status()["late"] == 0
    assert db_hash(database) == life.digest


def test_a_node_that_leaves_out_repeats_and_reorders(life: Life, database: Database, small: list[Backlog]) -> None:
    node = LyingNode(
        life.http,
        each_list(3, "missing", lambda chance, page: [entry for entry in page if chance.random() > 0.1]),
        each_list(2, "duplicate", lambda _chance, page: [*page, *page[:5]]),
        each_list(5, "reordered", lambda _chance, page: shuffled(page)),
    )
    with node.serving():
        persistent(node.url, database)
    assert set(node.told) == {"missing", "duplicate", "reordered"}
    assert small
    assert db_hash(database) == life.digest


def test_what_is_not_final_yet_is_left_to_the_next_round(life: Life, database: Database, small: list[Backlog]) -> None:
    slots = [record.slot for record in life.world.local.transactions()]
    with LyingNode(life.http, final_up_to(lambda: slots[-9])).serving() as node:
        caught_up(node.url, database)
    assert small
    caught_up(life.http, database)
    assert db_hash(database) == life.digest


def test_it_holds_no_more_than_it_may_in_memory() -> None:
    some = Found(["one", "two"])
    for start in range(0, 50_000, 1_000):
        page = [Listed(f"signature {number}", number // 3, True) for number in range(start, start + 1_000)]
        some.merge(page, "one")
        some.merge([Listed(entry.signature, entry.slot, True) for entry in page[::2]], "two")
        assert len(some.listing) <= found.SPILL + 1_000
    assert some.backlog is not None
    assert len(some) == len(some.backlog) == 50_000
    window = some.backlog.window(100, 10**6)
    assert [entry.slot for entry in window.entries] == [number // 3 for number in range(102)]
    assert [entry.programs for entry in window.entries[:2]] == [{"one", "two"}, {"one"}]
    some.backlog.drop(window.final)
    assert len(some.backlog) == 50_000 - 102
    assert some.backlog.window(5, 10**6).entries[0].slot == window.final + 1
    some.close()


def test_one_that_landed_again_counts_where_it_is_now() -> None:
    backlog = Backlog(["one"])
    backlog.put([Listed("a", 5, True, {"one"}), Listed("b", 6, True, {"one"})])
    assert backlog.final(10) == 10
    backlog.put([Listed("a", 8, False, {"one"})])
    assert len(backlog) == 2
    assert backlog.final(10) == 7
    assert [(entry.signature, entry.slot) for entry in backlog.window(10, 7).entries] == [("b", 6)]
    backlog.close()
