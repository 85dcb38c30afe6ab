"""Health, status and totals."""

from typing import Any

from litestar.testing import TestClient

from offchain.chain import tokens
from offchain.database.database import open_database
from tests.api.conftest import Lived, api


def test_status_is_the_chains(lived: Lived, get: Any) -> None:
    world, body = lived.story.world, get("status")
    assert (body["now"], body["epoch"]) == (world.now, world.epoch)
    assert body["epoch_ends_at"] == world.schedule.start(world.epoch + 1)
    assert body["development"] is True
    newest = world.local.transactions()[-1]
    assert (body["index"]["newest_slot"], body["index"]["newest_at"]) == (newest.slot, newest.block_time)
    assert body["index"]["age"] == world.now - newest.block_time
    assert body["index"]["open_perp_positions"] == lived.market.perp.open_positions
    assert body["index"]["claims"] == lived.market.registry.claims
    (feed,) = body["prices"]
    age = world.now - lived.market.feed.publish_time
    assert (feed["age"], feed["fresh"]) == (age, age <= 60)
    programs = {one["name"]: one["program_id"] for one in body["programs"]}
    assert programs == {name: str(key) for name, key in world.at.deployed.items()}


def test_totals_are_what_the_vaults_hold(lived: Lived, get: Any) -> None:
    body, market = get("totals"), lived.market
    held = tokens.token_balance(lived.story.world.local.account(market.pool.vault), market.pool.vault).amount
    others = market.pool.reserved + market.pool.treasury_fees + market.pool.claim_fees
    assert int(body["tvl"]) == held - others
    assert body["claimed"] == str(sum(claim.payout_amount for claim in market.claims.values()))
    assert body["uncovered"] == str(sum(claim.uncovered for claim in market.claims.values()))
    assert (body["markets"], body["live"], body["providers"]) == (1, 1, 2)
    assert (body["claims"], body["no_claims"]) == (market.registry.claims, market.registry.no_claims)
    records = lived.story.world.local.transactions()
    programs = set(lived.story.world.at.deployed.values())
    counted = [record for record in records if programs & set(record.keys)]
    assert (body["transactions"], body["failed"]) == (len(counted), 1)
    assert body["premiums_collected"] == str(market.premium.total_collected)


def test_health_answers(get: Any) -> None:
    assert get("health")["status"] == "ok"


def test_an_empty_index_answers_everything_that_needs_no_chain(lived: Lived, tmp_path: Any) -> None:
    with (
        open_database(f"sqlite:///{tmp_path / 'empty.db'}") as database,
        TestClient(api(lived.context(database))) as client,
    ):
        assert client.get("/v1/health").json()["as_of_slot"] == 0
        status = client.get("/v1/status").json()
        assert (status["epoch"], status["index"]["newest_at"]) == (None, None)
        for path in ("markets", "pools", "positions", "claims", "keepers", "events", "transactions", "totals"):
            answer = client.get(f"/v1/{path}")
            assert answer.status_code == 200, path
            assert answer.json().get("items", []) == []
        epochs = client.get("/v1/epochs")
        assert epochs.status_code == 503
        assert epochs.headers["retry-after"] == "5"
        assert epochs.json()["code"] == "unavailable"
