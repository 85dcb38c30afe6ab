"""Every field of every account of the IDLs has a declared source, and whole runs change nothing undeclared."""

from collections import defaultdict

import pytest

from offchain.chain.events.generated import EVENTS
from offchain.chain.idl import load_idl
from offchain.indexer.projections.reduce import REDUCERS, UNCHANGING
from offchain.indexer.projections.rows import KINDS, blank, fields_of
from offchain.indexer.projections.sources import SOURCES
from tests.indexer.projections.audited import new_projector
from tests.indexer.projections.conftest import Watched


def snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


@pytest.mark.parametrize("program", KINDS)
def test_every_field_of_the_idl_has_a_source(program: str) -> None:
    accounts = {
        account["name"]: [snake(field["name"]) for field in account["type"]["fields"]]
        for account in load_idl(program)["accounts"]
    }
    assert accounts
    assert set(SOURCES[program]) == set(accounts) == {kind.__name__ for kind in KINDS[program]}
    for kind, fields in accounts.items():
        declared = {name for source in SOURCES[program][kind] for name in source.fields.split()}
        assert declared == set(fields), kind


def test_sources_name_events_that_are_reduced() -> None:
    reduced = {event.__name__ for event in REDUCERS}
    named = {
        event
        for kinds in SOURCES.values()
        for sources in kinds.values()
        for source in sources
        for event in source.events.split()
    }
    assert named == reduced


def test_every_event_is_reduced_or_known_to_change_nothing() -> None:
    assert set(REDUCERS) | UNCHANGING == set(EVENTS)
    assert not set(REDUCERS) & UNCHANGING


def test_no_event_changes_a_field_that_does_not_name_it(watched: Watched) -> None:
    declared = defaultdict(set)
    for kinds in SOURCES.values():
        for kind, sources in kinds.items():
            for source in sources:
                for name in source.fields.split():
                    declared[kind, name] |= set(source.events.split())
    projector = new_projector()
    seen = 0
    for landed in watched.landed:
        for event, moment in landed.told:
            before = dict(projector.rows)
            projector.apply(event, moment)
            for address in projector.take_dirty():
                row = projector.rows[address]
                old = before.get(address) or blank(type(row))
                changed = [name for name in fields_of(type(row)) if getattr(old, name) != getattr(row, name)]
                for name in changed:
                    assert type(event).__name__ in declared[type(row).__name__, name], (row, name, event)
                    seen += 1
    assert seen > 1_000
