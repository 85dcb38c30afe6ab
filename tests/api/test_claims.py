"""Claims: the records on chain, their tiers, their transactions."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from litestar.testing import TestClient
from sqlalchemy import update

from offchain.chain.events.generated.demo_market import PositionLiquidated
from offchain.chain.events.generated.insolvency_handler import NoClaim
from offchain.chain.events.parse import parse_events
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.database.database import open_database
from offchain.database.tables.projections import TABLES
from tests.api.conftest import Lived, api


def told(lived: Lived, kind: type[Any]) -> list[tuple[str, Any]]:
    """(signature, event) of a kind, from the chain's own logs."""
    return [
        (str(record.signature), event)
        for record in lived.story.world.local.transactions()
        if record.err is None
        for event in parse_events(record.logs).events
        if isinstance(event, kind)
    ]


def test_a_claim_is_its_record(lived: Lived, get: Any) -> None:
    records = lived.market.claims
    items = get("claims")["items"]
    assert sorted(one["sequence"] for one in items) == sorted(records)
    for one in items:
        record = records[one["sequence"]]
        expected = {
            "claim": lived.story.market.m.claim(record.sequence),
            "deficit": record.deficit_amount,
            "payout": record.payout_amount,
            "uncovered": record.uncovered,
            "threshold": record.threshold,
            "fee": record.fee,
            "executor_fee": record.executor_fee,
            "net_paid": record.net_paid,
            "arrears_offset": record.arrears_offset,
            "executor": record.executor,
        }
        assert {name: one[name] for name in expected} == {name: str(value) for name, value in expected.items()}
        assert (one["opened_at"], one["paid_at"], one["epoch"]) == (record.opened_at, record.timestamp, record.epoch)
        assert (one["state"], one["fee_collected"]) == ("paid", record.fee_collected)


def test_the_tiers_add_up_to_the_deficit(lived: Lived, get: Any) -> None:
    for one in get("claims")["items"]:
        assert sum(int(tier["amount"]) for tier in one["tiers"] if tier["of_deficit"]) == int(one["deficit"])
        names = [tier["name"] for tier in one["tiers"]]
        assert names == ["margin", "insurance_fund", "first_loss", "premium", "capital", "profit", "uncovered"]
        record = lived.market.claims[one["sequence"]]
        amounts = {tier["name"]: int(tier["amount"]) for tier in one["tiers"]}
        assert (amounts["margin"], amounts["insurance_fund"]) == (record.margin_tier, record.fund_tier)
        assert (amounts["first_loss"], amounts["premium"]) == (record.first_loss_tier, record.premium_tier)
        assert (amounts["capital"], amounts["profit"]) == (record.capital_tier, record.profit_tier)


def test_partial_covers_are_found(lived: Lived, get: Any) -> None:
    partial = [record.sequence for record in lived.market.claims.values() if not record.fully_covered]
    assert partial
    assert sorted(one["sequence"] for one in get("claims", partial="true")["items"]) == sorted(partial)
    whole = get("claims", partial="false")["items"]
    assert len(whole) + len(partial) == len(lived.market.claims)


def test_a_receipt_names_its_liquidations_and_transactions(lived: Lived, get: Any) -> None:
    liquidations = told(lived, PositionLiquidated)
    counted = []
    for one in get("claims")["items"]:
        receipt = get(f"claims/{one['claim']}")
        assert receipt["claim"] == one
        assert sum(int(each["counted"]) for each in receipt["liquidations"]) == int(one["deficit"])
        counted += [(each["signature"], each["deficit"]) for each in receipt["liquidations"]]
        events = [step["event"] for step in receipt["steps"] if step["event"] != "ClaimFeeCollected"]
        assert events == ["ClaimOpened", "DeficitReported", "PayoutRequested", "FundsReleased", "ClaimEvent"]
        for step in receipt["steps"]:
            assert get(f"transactions/{step['signature']}")["transaction"]["succeeded"]
    real = [(signature, str(event.deficit)) for signature, event in liquidations if event.counted]
    assert sorted(counted) == sorted(real)


def test_a_receipt_shows_what_it_did_to_the_share_price(lived: Lived, get: Any) -> None:
    changes = {(row["signature"], row["event"]): row for row in get(f"pools/{lived.id}/changes", limit=500)["items"]}
    for one in get("claims")["items"]:
        receipt = get(f"claims/{one['claim']}")
        step = next(step for step in receipt["steps"] if step["event"] == "PayoutRequested")
        assert receipt["share_price_after"] == changes[(step["signature"], "PayoutRequested")]["share_price"]
        assert int(receipt["share_price_before"]) > 0
        if one["fully_covered"]:
            assert int(receipt["share_price_before"]) >= int(receipt["share_price_after"])


def test_no_claims_are_the_chains(lived: Lived, get: Any) -> None:
    items = get("no-claims", market=lived.id)["items"]
    events = told(lived, NoClaim)
    assert len(items) == len(events) == lived.market.registry.no_claims == 1
    signature, event = events[0]
    assert items[0]["signature"] == signature
    assert items[0]["threshold"] == str(event.threshold)
    assert int(items[0]["unsettled"]) <= int(items[0]["threshold"])


def test_pages_of_claims_hold_each_once(lived: Lived, get: Any) -> None:
    found, cursor = [], None
    while True:
        page = get("claims", limit=1, **({"cursor": cursor} if cursor else {}))
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == get("claims")["items"]
    assert [one["opened_at"] for one in found] == sorted((one["opened_at"] for one in found), reverse=True)


def test_claims_of_one_second_stand_in_their_markets_order(lived: Lived, tmp_path: Path) -> None:
    table = TABLES[ClaimRecord]
    file = tmp_path / "copy.db"
    with closing(sqlite3.connect(str(lived.database.url.database))) as known, closing(sqlite3.connect(file)) as copy:
        known.backup(copy)
    with open_database(f"sqlite:///{file}") as database, database.session() as session:
        session.execute(update(table).values(opened_at=lived.story.world.now))
        session.commit()
        with TestClient(api(lived.context(database))) as client:
            found, cursor = [], ""
            while cursor is not None:
                page = client.get("/v1/claims", params={"limit": 1, **({"cursor": cursor} if cursor else {})}).json()
                found += [one["sequence"] for one in page["items"]]
                cursor = page["next"]
    assert len(found) > 1
    assert found == sorted(lived.market.claims, reverse=True)


def test_what_is_no_claim_is_refused(lived: Lived, client: Any) -> None:
    assert client.get(f"/v1/claims/{lived.id}").status_code == 404
    assert client.get("/v1/claims/nothing").status_code == 400
