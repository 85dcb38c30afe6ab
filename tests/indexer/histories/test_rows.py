"""Every value of every row of every history is what the twin makes of the run."""

from typing import Any

import pytest

from offchain.indexer.histories.make import MAKERS, TABLES
from tests.indexer.histories.conftest import Lived
from tests.indexer.histories.evidence import Landed
from tests.indexer.histories.twin import Rows, twin_of
from tests.model.refusals import Refused


def differences(found: Rows, expected: Rows) -> list[str]:
    """Each value that is not as the twin has it, each row too many or too few."""
    told = []
    for table in (table.name for table in TABLES):
        mine, wanted = found.get(table, {}), expected.get(table, {})
        told += [f"{table} {key}: only one has it" for key in mine.keys() ^ wanted.keys()]
        for key in mine.keys() & wanted.keys():
            names = mine[key].keys() | wanted[key].keys()
            told += [
                f"{table} {key} {name}: {mine[key].get(name)}, by the twin {wanted[key].get(name)}"
                for name in sorted(names)
                if name not in mine[key] or name not in wanted[key] or mine[key][name] != wanted[key][name]
            ]
    return told


@pytest.mark.parametrize("run", ["march", "story"])
def test_every_row_is_what_the_twin_makes_of_the_run(run: str, request: pytest.FixtureRequest) -> None:
    lived: Lived = request.getfixturevalue(run)
    found = lived.rows()
    assert differences(found, twin_of(lived.landed).rows) == []
    least = {"march": (3_000, 900, 3_000, 1, 3, 90, 900), "story": (100, 20, 100, 1, 8, 15, 50)}[run]
    for table, count in zip(TABLES, least, strict=True):
        assert len(found[table.name]) >= count, table.name


def test_any_altered_value_differs_from_the_twin(story: Lived) -> None:
    found, expected = story.rows(), twin_of(story.landed).rows
    altered = 0
    for table in TABLES:
        rows = found[table.name]
        key = sorted(rows)[len(rows) // 2]
        for column in table.columns:
            value = rows[key][column.name]
            rows[key][column.name] = other(value)
            (told,) = differences(found, expected)
            assert told.startswith(f"{table.name} {key} {column.name}: ")
            rows[key][column.name] = value
            altered += 1
        gone = rows.pop(key)
        assert len(differences(found, expected)) == 1
        rows[key] = gone
    assert altered == sum(len(table.columns) for table in TABLES) > 130
    assert differences(found, expected) == []


def test_each_kind_of_event_left_out_is_missed(story: Lived) -> None:
    """What makes a row is needed: without the last event of a kind the rows are not those of the twin."""
    makers = {event.__name__ for event, _, _ in MAKERS}
    last = {event.name: (one, event) for one in story.landed for event in one.events if event.name in makers}
    assert set(last) == makers
    found = story.rows()
    for one, event in last.values():
        rest = [kept for kept in one.events if kept is not event]
        landed = [Landed(one.record, rest) if other is one else other for other in story.landed]
        assert unlike(found, landed), event.name


def unlike(found: Rows, landed: list[Landed]) -> bool:
    """Whether the twin refuses such a run, or makes other rows of it."""
    try:
        return bool(differences(found, twin_of(landed).rows))
    except (AssertionError, KeyError, ValueError, Refused):
        return True


def other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return f"{value}x" if isinstance(value, str) else (value or 0) + 1
