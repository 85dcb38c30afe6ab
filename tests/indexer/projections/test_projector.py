"""Slots can be taken back exactly, events come in their order, and an event that does not fit changes nothing."""

from typing import Any

import pytest
from solders.pubkey import Pubkey

from offchain.indexer.projections.errors import ProjectionError
from offchain.indexer.projections.moment import Moment
from offchain.indexer.projections.projector import Projector
from offchain.indexer.projections.rows import copied
from tests.indexer.projections.audited import Told, new_projector, projected
from tests.indexer.projections.conftest import Watched


@pytest.fixture(scope="module")
def told(watched: Watched) -> list[Told]:
    """The events of the story."""
    return [told for landed in watched.landed for told in landed.told]


def whole(projector: Projector) -> dict[Pubkey, Any]:
    """Its rows, as objects of their own."""
    return {address: copied(row) for address, row in projector.rows.items()}


def test_slots_are_taken_back_exactly(told: list[Told]) -> None:
    projector = projected(told)
    end = whole(projector)
    for cut in range(len(told) - 1, 0, -37):
        slot = told[cut][1].slot
        projector.roll_back(slot)
        kept = [one for one in told if one[1].slot <= slot]
        again = projected(kept)
        assert projector.rows == again.rows
        assert projector.state.slots == again.state.slots
    for event, moment in told[len(kept) :]:
        projector.apply(event, moment)
    assert projector.rows == end


def test_rows_of_dropped_slots_are_dirty(told: list[Told]) -> None:
    projector = projected(told)
    stored = projector.take_dirty()
    assert stored == projector.rows
    assert projector.take_dirty() == {}
    slot = told[len(told) // 2][1].slot
    before = dict(projector.rows)
    projector.roll_back(slot)
    dirty = projector.take_dirty()
    assert dirty
    assert set(dirty) >= {address for address in before if before[address] != projector.rows.get(address)}
    assert any(row is None for row in dirty.values())


def test_what_is_final_stays(told: list[Told]) -> None:
    projector = projected(told)
    slot = told[len(told) // 2][1].slot
    projector.finalize(slot)
    with pytest.raises(ProjectionError, match="is final"):
        projector.roll_back(slot - 1)
    projector.roll_back(slot)
    assert projector.rows == projected(one for one in told if one[1].slot <= slot).rows
    with pytest.raises(ProjectionError, match="in their order"):
        projector.apply(told[0][0], Moment(slot, told[0][1].time))


def test_an_event_that_comes_twice_changes_nothing(told: list[Told]) -> None:
    projector = new_projector()
    projector.apply(*told[0])
    rows = whole(projector)
    with pytest.raises(ProjectionError, match="twice"):
        projector.apply(*told[0])
    assert projector.rows == rows
    assert projector.state.slots == dict.fromkeys(rows, told[0][1].slot)
