"""A service whose node fails and lies: each fault is told so often, seen so often, and leaves nothing behind."""

import random
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from offchain.database.database import Database
from offchain.indexer import indexer as service
from offchain.indexer.db_hash import tables_digest
from offchain.indexer.ingest import watched
from offchain.indexer.ingest.watched import Fault
from offchain.indexer.store.rows import FINALIZED
from tests.indexer.conftest import Life
from tests.indexer.faults.conftest import Undisturbed, stored
from tests.indexer.faults.service import serve_until
from tests.support.lying_node import LyingNode, Spoil, every, losing

HISTORY, WHOLE = "getSignaturesForAddress", "getTransaction"
Changed = Callable[[Any], Any]


def disturbed(life: Life, database: Database, calm: Undisturbed, *spoils: Spoil) -> tuple[LyingNode, dict[str, Any]]:
    """Index the life through a node like this; the node and what the service has seen."""
    with LyingNode(life.http, *spoils).serving() as node:
        done = lambda: stored(database, FINALIZED) == calm.transactions  # noqa: E731
        status = serve_until(node.url, life.ws, database, life.world.parameters, done)
    assert tables_digest(database) == (calm.digest, calm.tables)
    return node, status


def first(number: int, lie: str, method: str, change: Changed) -> Spoil:
    """Only the first so many answers to a method are changed."""
    lock = threading.Lock()

    def spoil(node: LyingNode, asked: str, _params: list[Any], answer: Any) -> Any:
        if asked != method or not answer:
            return answer
        with lock:
            if node.told[lie] >= number:
                return answer
            node.told[lie] += 1
        return change(answer)

    return spoil


@pytest.mark.parametrize(
    ("lie", "spoil", "fault"),
    [
        ("lost", every(7, "lost", WHOLE, losing), Fault.UNREACHABLE),
        ("lost", first(3, "lost", HISTORY, losing), Fault.UNREACHABLE),
        ("lost", first(3, "lost", "getSlot", losing), Fault.UNREACHABLE),
        ("not shown", every(6, "not shown", WHOLE, lambda _: None), Fault.NOT_SHOWN),
        ("another slot", every(9, "another slot", WHOLE, lambda found: {**found, "slot": 1}), Fault.ANOTHER),
        ("nonsense", every(8, "nonsense", WHOLE, lambda _: {"slot": "x"}), Fault.NONSENSE),
        ("nonsense", first(3, "nonsense", HISTORY, lambda _: [{"signature": 1}]), Fault.NONSENSE),
    ],
)
def test_each_failure_is_seen_as_often_as_it_was_told(
    life: Life, database: Database, undisturbed: Undisturbed, lie: str, spoil: Spoil, fault: Fault
) -> None:
    node, status = disturbed(life, database, undisturbed, spoil)
    assert status["faults"][fault] == node.told[lie] >= 2, status
    assert set(status["faults"]) <= {fault, Fault.SLOW}


def test_lists_with_repetitions_and_in_disorder(life: Life, database: Database, undisturbed: Undisturbed) -> None:
    repeated = every(2, "duplicate", HISTORY, lambda page: [*page, *page[:5]])
    shuffle = every(3, "reordered", HISTORY, lambda page: random.Random(len(page)).sample(page, len(page)))
    node, status = disturbed(life, database, undisturbed, repeated, shuffle)
    assert status["faults"][Fault.TWICE] >= node.told["duplicate"] > 0
    assert 0 < status["faults"][Fault.DISORDER] <= node.told["reordered"] + node.told["duplicate"]


def test_what_the_first_lists_leave_out_is_found_in_the_next(
    life: Life, database: Database, undisturbed: Undisturbed
) -> None:
    hidden = {str(record.signature) for record in life.world.local.transactions()[10:-10:9]}
    left_out, asked, lock = set[str](), set[str](), threading.Lock()

    def hide(node: LyingNode, method: str, params: list[Any], answer: Any) -> Any:
        if method != HISTORY:
            return answer
        with lock:
            first = params[0] not in asked
            asked.add(params[0])
        if not first:
            return answer
        left_out.update(entry["signature"] for entry in answer if entry["signature"] in hidden)
        node.told["missing"] = len(left_out)
        return [entry for entry in answer if entry["signature"] not in hidden]

    node, status = disturbed(life, database, undisturbed, hide)
    assert status["faults"][Fault.LEFT_OUT] == node.told["missing"] > 5


def test_slow_answers_are_waited_for(
    life: Life, database: Database, undisturbed: Undisturbed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watched, "SLOW_SECONDS", 0.25)
    node, status = disturbed(life, database, undisturbed, every(25, "slow", WHOLE, partial(late, 0.4)))
    assert status["faults"][Fault.SLOW] >= node.told["slow"] > 2
    assert status["errors"] == {}


def test_an_answer_that_never_comes_is_given_up(
    life: Life, database: Database, undisturbed: Undisturbed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "WatchedNodes", partial(watched.WatchedNodes, timeout=1.5))
    node, status = disturbed(life, database, undisturbed, every(60, "never", WHOLE, partial(late, 3.0)))
    assert status["faults"][Fault.UNREACHABLE] >= node.told["never"] > 0


def late(seconds: float, answer: Any) -> Any:
    time.sleep(seconds)
    return answer


def test_logs_of_another_transaction_are_refused(life: Life, database: Database, undisturbed: Undisturbed) -> None:
    def foreign(found: dict[str, Any]) -> Any:
        stranger = "SysvarC1ock11111111111111111111111111111111"
        logs = [f"Program {stranger} invoke [1]", f"Program {stranger} success"]
        return {**found, "meta": {**found["meta"], "logMessages": logs}}

    node, status = disturbed(life, database, undisturbed, first(3, "foreign", WHOLE, foreign))
    assert 0 < status["errors"]["NodeLieError"] <= node.told["foreign"]


def test_cut_logs_are_run_again(life: Life, database: Database, undisturbed: Undisturbed) -> None:
    """The documents and everything that follows from them are as if the node had told all."""

    def cut(found: dict[str, Any]) -> Any:
        logs = found["meta"]["logMessages"]
        return {**found, "meta": {**found["meta"], "logMessages": [*logs[:2], "Log truncated"]}}

    node, status = disturbed(life, database, undisturbed, every(10, "truncated", WHOLE, cut))
    assert status["truncated"] == status["rerun"] == node.told["truncated"] > 5
    assert status["lost"] == 0
