"""Claims verified over the API: the recomputation is the offline verifier's, and an altered record is found."""

from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from solders.pubkey import Pubkey

from offchain.api.verify import desk as desks
from offchain.api.verify.plugin import desk_of
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.verify import report
from tests.support.building import Builder, read_problem
from tests.support.patience import PATIENCE
from tests.verify.story import Story


def _post(api: Builder, claim: object) -> Any:
    return api.client.post(f"/v1/claims/{claim}/verify")


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the tests' own: where the machine is busy, a process begins slowly."""
    monkeypatch.setattr(desks, "ANSWER_SECONDS", PATIENCE)


def _verified(api: Builder, claim: object) -> Any:
    answer = _post(api, claim)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _records(story: Story) -> dict[int, Pubkey]:
    market = story.market
    return {number: market.m.claim(number) for number in range(1, market.sequence)}


def test_every_claim_equals_the_offline_verifier(story: Story, api: Builder, tmp_path: Path) -> None:
    story.save(tmp_path / "chain.sqlite")
    offline = report(tmp_path / "chain.sqlite")
    assert offline.ok and len(offline.all_claims) >= 3
    for claim in offline.all_claims:
        found = _verified(api, _records(story)[claim.sequence])
        assert found["state"] == "verified" and found["differences"] == found["other_differences"] == []
        assert found["market_id"] == str(claim.market) and found["signature"] == claim.signature
        tiers = {one["name"]: int(one["recomputed"]) for one in found["tiers"]}
        assert tiers == {f"{name}_tier": amount for name, amount in claim.tiers.items()}
        figures = {one["name"]: int(one["recomputed"]) for one in found["figures"]}
        assert figures["payout_amount"] == claim.recomputed_payout and figures["net_paid"] == claim.net
        assert int(found["paid"]) == claim.paid
        assert all(one["equal"] for one in [*found["tiers"], *found["figures"]])
        assert claim.signature in found["transactions"]
        assert found["transactions_replayed"] > 50


def test_a_final_result_is_kept_and_may_be_cached(story: Story, api: Builder) -> None:
    record = _records(story)[1]
    assert read_problem(api.client.get(f"/v1/claims/{record}/verification"), 404)[0] == "not_found"
    first = _post(api, record)
    assert first.json()["final"] is True
    kept = api.client.get(f"/v1/claims/{record}/verification")
    assert kept.json() == first.json() == _post(api, record).json()
    assert kept.headers["cache-control"] == "public, max-age=86400, immutable"


@pytest.mark.parametrize(
    ("field", "by"), [("payout_amount", 1), ("capital_tier", -1), ("premium_tier", 5), ("uncovered", 1)]
)
def test_a_record_that_was_tampered_with_is_found(story: Story, api: Builder, field: str, by: int) -> None:
    record = _records(story)[2]
    before = story.world.read(ClaimRecord, record)
    value = getattr(before, field)
    story.world.edit(ClaimRecord, record, **{field: value + by})
    try:
        found = _verified(api, record)
    finally:
        story.world.edit(ClaimRecord, record, **{field: value})
    assert found["state"] == "different"
    (difference,) = found["differences"]
    assert f": {field} in claim record {record}" in difference["place"]
    assert (difference["expected"], difference["found"]) == (str(value), str(value + by))
    (figure,) = [one for one in [*found["tiers"], *found["figures"]] if one["name"] == field]
    assert figure["equal"] is False


def test_a_chain_that_moves_on_is_followed(story: Story, api: Builder) -> None:
    records = _records(story)
    first = _verified(api, records[1])["transactions_replayed"]
    story.world.advance(seconds=1)
    story.world.push_price()
    second = _verified(api, records[2])["transactions_replayed"]
    assert second > first


@pytest.mark.parametrize("claim", ["nonsense", "0OIl" * 10])
def test_what_is_no_address(api: Builder, claim: str) -> None:
    assert read_problem(_post(api, claim), 400)[0] == "invalid_key"


def test_what_is_no_claim(story: Story, api: Builder) -> None:
    for address in (story.market.m.pool, Pubkey.default(), story.market.m.claim(99)):
        code, detail = read_problem(_post(api, address), 422)
        assert code == "not_verifiable" and "no claim record" in detail


def test_a_full_queue_says_when_to_come_back(api: Builder, monkeypatch: pytest.MonkeyPatch, story: Story) -> None:
    monkeypatch.setattr(desks, "MOST_WAITING", 0)
    answer = _post(api, _records(story)[1])
    assert read_problem(answer, 429)[0] == "busy" and answer.headers["retry-after"] == "5"


def test_a_long_history_answers_in_time_and_goes_on(
    api: Builder, monkeypatch: pytest.MonkeyPatch, story: Story
) -> None:
    monkeypatch.setattr(desks, "SLICE_SECONDS", 0.01)
    monkeypatch.setattr(desks, "ANSWER_SECONDS", 0.05)
    states = []
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline:
        answer = _post(api, _records(story)[1])
        states.append(answer.status_code)
        if answer.status_code == 200:
            break
        assert answer.json()["state"] == "running" and answer.headers["retry-after"] == "5"
    assert states[0] == 202 and states[-1] == 200
    assert answer.json()["state"] == "verified"


def test_a_process_that_dies_is_started_anew(api: Builder, story: Story) -> None:
    assert _verified(api, _records(story)[1])["state"] == "verified"
    desk = desk_of(api.client.app, api.context)
    process = desk._worker._process
    assert process is not None
    process.kill()
    answers = [_post(api, _records(story)[2]) for _ in range(2)]
    assert 200 in [answer.status_code for answer in answers]
