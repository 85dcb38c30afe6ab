"""Transactions and events are the chain's, failed ones too."""

from typing import Any

import pytest

from offchain.chain.events.parse import parse_events
from offchain.indexer.decode import event_json
from tests.api.conftest import Lived


def pages(get: Any, path: str, **query: Any) -> list[dict[str, Any]]:
    """Everything a list holds, page by page."""
    found: list[dict[str, Any]] = []
    cursor = None
    while True:
        page = get(path, **query, **({"cursor": cursor} if cursor else {}))
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found


def ours(lived: Lived) -> list[Any]:
    """The chain's transactions that touch our programs."""
    programs = set(lived.story.world.at.deployed.values())
    return [record for record in lived.story.world.local.transactions() if programs & set(record.keys)]


def test_every_transaction_is_listed(lived: Lived, get: Any) -> None:
    found = pages(get, "transactions", limit=60)
    records = ours(lived)[::-1]
    assert [one["signature"] for one in found] == [str(record.signature) for record in records]
    for one, record in zip(found, records, strict=True):
        assert (one["slot"], one["time"], one["units"]) == (record.slot, record.block_time, record.units)
        assert one["succeeded"] is (record.err is None)
        assert one["fee"] == str(record.fee)


def test_failed_ones_tell_why_and_what_to_do(lived: Lived, get: Any) -> None:
    (one,) = get("transactions", failed="true")["items"]
    assert (one["error_code"], one["error_program"]) == ("E_MIN_DEPOSIT", "insurance_pool")
    assert one["advice"] == "Deposit at least 10 USDC."
    assert get("transactions", code="E_MIN_DEPOSIT")["items"] == [one]
    assert get("transactions", code="E_LOCKED")["items"] == []
    assert one not in pages(get, "transactions", failed="false", limit=500)
    assert get("transactions", commitment="confirmed")["items"] == []


def test_one_transaction_has_its_calls_events_and_logs(lived: Lived, get: Any) -> None:
    for record in ours(lived)[-12:]:
        body = get(f"transactions/{record.signature}")
        assert body["logs"] == list(record.logs)
        assert body["signers"][0] == str(record.keys[0])
        told = [] if record.err is not None else parse_events(record.logs).events
        assert [event["name"] for event in body["events"]] == [type(event).__name__ for event in told]
        assert body["instructions"]


def test_every_event_is_listed_with_every_field(lived: Lived, get: Any) -> None:
    told = [
        (str(record.signature), event)
        for record in ours(lived)
        if record.err is None
        for event in parse_events(record.logs).events
    ]
    found = pages(get, "events", order="asc", limit=300)
    assert len(found) == len(told) > 500
    for one, (signature, event) in zip(found, told, strict=True):
        assert (one["signature"], one["name"]) == (signature, type(event).__name__)
        assert one["data"] == event_json(event)
    assert pages(get, "events", limit=500) == found[::-1]


@pytest.mark.parametrize("name", ["Deposited", "ScoreUpdated", "NoClaim"])
def test_events_are_filtered_by_name_actor_and_market(lived: Lived, get: Any, name: str) -> None:
    every = pages(get, "events", limit=500)
    assert pages(get, "events", name=name, limit=3) == [one for one in every if one["name"] == name]
    actor = str(lived.story.alice.key)
    assert pages(get, "events", actor=actor, limit=3) == [one for one in every if one["actor"] == actor]
    both = pages(get, "events", name="Deposited", actor=actor, market=lived.id, limit=1)
    assert both == [one for one in every if one["name"] == "Deposited" and one["actor"] == actor]


def test_what_never_happened_is_a_404(client: Any) -> None:
    assert client.get("/v1/transactions/1111").status_code == 404
