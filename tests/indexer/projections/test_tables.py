"""The projections of a database: after every restart, every dropped slot and every rebuild what the events say."""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from offchain.chain.addresses import LOCALNET
from offchain.chain.backends.embedded import EmbeddedChain
from offchain.database.database import Database, open_database
from offchain.database.tables.projections import NAMES, TABLES, ProjectionUndo
from offchain.indexer.decode import DecodedEvent
from offchain.indexer.indexer import Indexer
from offchain.indexer.projections.compare import compare
from offchain.indexer.projections.projector import Projector
from offchain.indexer.projections.rows import KINDS
from offchain.indexer.projections.tables import TableProjections, load_projector
from offchain.localnet.server import serving
from offchain.settings.project import load_project
from offchain.settings.tree import read_settings
from tests.indexer.projections.audited import projected
from tests.indexer.projections.conftest import Watched
from tests.indexer.projections.lived import lived
from tests.support.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]

PARAMETERS = load_project().profile("development").parameters


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty one of each kind."""
    sqlite = f"sqlite:///{tmp_path / 'projections.db'}"
    url = sqlite if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))
    with open_database(url) as opened:
        yield opened


@pytest.fixture(scope="module")
def events(watched: Watched) -> list[DecodedEvent]:
    """Those of the story, as the indexer decodes them."""
    return [
        DecodedEvent(
            signature=f"transaction {at}",
            number=number,
            slot=moment.slot,
            position=0,
            block_time=moment.time,
            path="0",
            program=event.PROGRAM,
            name=type(event).__name__,
            market_id=named(event, "market_id"),
            actor=named(event, "actor"),
            epoch=None,
            event=event,
        )
        for at, landed in enumerate(watched.landed)
        for number, (event, moment) in enumerate(landed.told)
    ]


def named(event: object, field: str) -> str | None:
    return str(getattr(event, field)) if hasattr(event, field) else None


def expected(events: list[DecodedEvent]) -> Projector:
    """What memory makes of them."""
    projector = projected([])
    for event in events:
        projector.apply_decoded(event)
    return projector


def stored(database: Database) -> Projector:
    """What the tables hold."""
    with database.reading() as session:
        return load_projector(session, LOCALNET, PARAMETERS)


def apply(database: Database, projections: TableProjections, events: list[DecodedEvent], final: bool) -> None:
    with database.session() as session:
        projections.apply(session, events, final)
        session.commit()


def remembered(database: Database) -> int:
    with database.reading() as session:
        return int(session.execute(select(func.count()).select_from(ProjectionUndo)).scalar_one())


def assert_holds(database: Database, events: list[DecodedEvent]) -> None:
    found, wanted = stored(database), expected(events)
    assert found.rows == wanted.rows
    assert found.state.slots == wanted.state.slots


def test_every_account_type_has_a_table() -> None:
    assert set(TABLES) == {kind for kinds in KINDS.values() for kind in kinds}
    assert sorted(table.name for table in TABLES.values()) == sorted(set(NAMES.values()))


def test_the_tables_follow_through_restarts(database: Database, watched: Watched, events: list[DecodedEvent]) -> None:
    for start in range(0, len(events), 97):
        apply(database, TableProjections(LOCALNET, PARAMETERS), events[start : start + 97], True)
    assert_holds(database, events)
    assert remembered(database) == 0
    found = compare(stored(database), EmbeddedChain(watched.story.world.local))
    assert found.fields.total() > 600
    assert found.mismatches == []


def test_dropped_slots_are_taken_back_exactly(database: Database, events: list[DecodedEvent]) -> None:
    projections = TableProjections(LOCALNET, PARAMETERS)
    settled = len(events) // 2
    apply(database, projections, [one for one in events if one.slot <= events[settled].slot], True)
    later = [one for one in events if one.slot > events[settled].slot]
    for start in range(0, len(later), 41):  # parts end within slots, too
        apply(database, projections, later[start : start + 41], False)
    assert_holds(database, events)
    for part in (5, 3, 2):
        slot = later[len(later) * (part - 1) // part].slot
        with database.session() as session:
            projections.roll_back(session, slot)
            session.commit()
        assert_holds(database, [one for one in events if one.slot < slot])
    apply(database, TableProjections(LOCALNET, PARAMETERS), [one for one in events if one.slot >= slot], False)
    assert_holds(database, events)
    assert remembered(database) > 0
    with database.session() as session:
        projections.finalize(session, events[-1].slot)
        session.commit()
    assert remembered(database) == 0


def test_what_was_not_committed_is_forgotten(database: Database, events: list[DecodedEvent]) -> None:
    projections = TableProjections(LOCALNET, PARAMETERS)
    apply(database, projections, events[:300], True)
    with database.session() as session:
        projections.apply(session, events[300:400], True)
    projections.forget()
    assert_holds(database, events[:300])
    apply(database, projections, events[300:], True)
    assert_holds(database, events)
    with database.session() as session:
        projections.reset(session)
        projections.apply(session, events[:50], True)
        session.commit()
    assert_holds(database, events[:50])


def test_an_indexer_keeps_them(database: Database) -> None:
    world = lived()
    world.market.cover("5000")
    with serving(world.local) as endpoints:
        settings = replace(
            read_settings({"database": "sqlite:///unused.db"}, os.environ),
            rpc_urls=(endpoints.http,),
            ws_url="ws://127.0.0.1:1",
        )
        indexer = Indexer(settings, database, LOCALNET, projections=TableProjections(LOCALNET, PARAMETERS))

        async def follow() -> None:
            try:
                await indexer.catch_up()
            finally:
                await indexer.close()

        asyncio.run(follow())
    found = compare(stored(database), EmbeddedChain(world.local))
    assert found.accounts["ProviderPosition"] == 1
    assert found.mismatches == []
