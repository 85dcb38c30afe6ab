"""The comparison finds every altered field, every account too many or too few, and every event left out."""

from copy import copy
from typing import Any

import pytest
from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.accounts import decode
from offchain.chain.addresses import LOCALNET, SYSTEM_PROGRAM
from offchain.chain.backends.embedded import EmbeddedChain
from offchain.chain.events import Event
from offchain.deploy.idl import idl_address
from offchain.indexer.comparison.judge import judge
from offchain.indexer.projections.compare import Comparison, compare
from offchain.indexer.projections.errors import ProjectionError
from offchain.indexer.projections.projector import Projector
from offchain.indexer.projections.reduce import UNCHANGING
from offchain.indexer.projections.rows import KINDS, fields_of
from tests.indexer.projections.audited import Told, events_of, new_projector, projected
from tests.indexer.projections.conftest import Landed, Watched


@pytest.fixture(scope="module")
def projector(watched: Watched) -> Projector:
    """The whole story, projected."""
    return projected(events_of(watched.story.world.local))


def other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, list):
        return [*value[:-1], other(value[-1])]
    assert isinstance(value, Pubkey)
    return Pubkey.from_bytes(bytes(value)[:-1] + bytes([bytes(value)[-1] ^ 1]))


def test_the_story_is_projected_whole(watched: Watched, projector: Projector) -> None:
    found = compare(projector, EmbeddedChain(watched.story.world.local))
    assert set(found.accounts) == {kind.__name__ for kinds in KINDS.values() for kind in kinds}
    assert found.accounts.total() == len(projector.rows) > 40
    assert found.fields.total() > 600
    assert found.mismatches == []


def test_a_published_idl_is_no_state(watched: Watched, projector: Projector) -> None:
    local, program = watched.story.world.local, LOCALNET.insurance_pool
    for data, count in ((bytes([24, 70, 98, 191, 58, 144, 123, 158]) + bytes(60), 0), (b"anything" + bytes(60), 1)):
        local.set_account(idl_address(program), Account(1_000_000, data, program))
        assert len(compare(projector, EmbeddedChain(local)).mismatches) == count
        into = Comparison()
        judge(idl_address(program), None, local.account(idl_address(program)), into)
        assert len(into.mismatches) == count
    local.set_account(idl_address(program), Account(0, b"", SYSTEM_PROGRAM))


def test_after_every_transaction_its_accounts_are_as_projected(watched: Watched) -> None:
    projector = new_projector()
    compared = 0
    for landed in watched.landed:
        for event, moment in landed.told:
            projector.apply(event, moment)
        assert differing(projector, landed) == []
        compared += len(landed.after)
    assert compared > 500


def test_any_altered_field_is_found(watched: Watched, projector: Projector) -> None:
    chain = EmbeddedChain(watched.story.world.local)
    altered = 0
    for address, row in list(projector.rows.items()):
        for name in fields_of(type(row)):
            twin = copy(row)
            setattr(twin, name, other(getattr(row, name)))
            projector.rows[address] = twin
            (found,) = compare(projector, chain).mismatches
            assert (found.address, found.field, found.found) == (address, name, getattr(row, name))
            assert name in str(found)
            altered += 1
        projector.rows[address] = row
    assert altered > 600


def test_missing_and_surplus_accounts_are_found(watched: Watched, projector: Projector) -> None:
    chain = EmbeddedChain(watched.story.world.local)
    for address in list(projector.rows):
        row = projector.rows.pop(address)
        (missing,) = compare(projector, chain).mismatches
        projector.rows[address] = row
        assert (missing.address, missing.field, missing.projected) == (address, None, "nothing")
    surplus = Pubkey.new_unique()
    projector.rows[surplus] = next(iter(projector.rows.values()))
    (found,) = compare(projector, chain).mismatches
    del projector.rows[surplus]
    assert (found.address, found.field, found.found) == (surplus, None, "nothing")


def test_one_event_of_each_kind_left_out_is_found(watched: Watched) -> None:
    last = last_changing(watched)
    happened = {type(event) for landed in watched.landed for event, _ in landed.told}
    assert len(last) > 65
    # In this story the floor has always been charged in the same second when arrears are reported.
    assert {kind.__name__ for kind in happened - UNCHANGING - set(last)} <= {"ArrearsReported"}
    unnoticed = [kind.__name__ for kind, place in last.items() if not noticed(watched, *place)]
    assert unnoticed == []


def last_changing(watched: Watched) -> dict[type[Event], tuple[int, Told]]:
    """Kind of event -> the last one that changes a row, and the number of its transaction."""
    projector = new_projector()
    last = {}
    for number, landed in enumerate(watched.landed):
        for told in landed.told:
            before = dict(projector.rows)
            projector.apply(*told)
            if any(projector.rows[address] != before.get(address) for address in projector.take_dirty()):
                last[type(told[0])] = (number, told)
    return last


def noticed(watched: Watched, number: int, left_out: Told) -> bool:
    """Whether an event is missed: at once in its transaction's accounts, or at the end of the chain."""
    projector = new_projector()
    try:
        for landed in watched.landed[: number + 1]:
            take(projector, landed, left_out)
        if differing(projector, watched.landed[number]):
            return True
        for landed in watched.landed[number + 1 :]:
            take(projector, landed, left_out)
    except ProjectionError:
        return True
    return bool(compare(projector, EmbeddedChain(watched.story.world.local)).mismatches)


def take(projector: Projector, landed: Landed, left_out: Told) -> None:
    for told in landed.told:
        if told is not left_out:
            projector.apply(*told)


def differing(projector: Projector, landed: Landed) -> list[Pubkey]:
    """The accounts of a transaction that differ from their rows."""
    types = {bytes(kind.discriminator): kind for kinds in KINDS.values() for kind in kinds}
    return [
        address
        for address, account in landed.after.items()
        if projector.rows.get(address) != decode(types[account.data[:8]], account.data)
    ]
