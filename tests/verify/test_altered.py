"""One atom altered: the verifier leaves with 1 and names the place."""

from collections.abc import Callable

import pytest

from offchain.cli import run
from offchain.verify import Report
from tests.verify.altering import State, is_call_of, is_transfer_of
from tests.verify.story import Story

Capture = pytest.CaptureFixture[str]
Verify = Callable[[], str]


@pytest.fixture
def refused(state: State, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> Verify:
    """Runs the command on the altered state, expects exit code 1 and returns what it printed on one line."""

    def verify() -> str:
        monkeypatch.setenv("COLUMNS", "400")
        assert run(["verify", "--state", str(state.path)]) == 1
        return " ".join(capsys.readouterr().out.split())

    return verify


def test_a_payout_in_a_record(state: State, story: Story, clean: Report, refused: Verify) -> None:
    record = story.market.m.claim(2)
    state.add_to_field("ClaimRecord", record, "payout_amount", 1)
    paid = clean.claims[2].recomputed_payout
    expected = (
        f"claim 2 of market {story.market.id}: payout_amount in claim record {record}: {paid + 1}, expected {paid}"
    )
    assert expected in refused()


@pytest.mark.parametrize("tier", ["margin", "fund", "first_loss", "premium", "capital", "profit"])
def test_a_tier_in_a_record(state: State, story: Story, refused: Verify, tier: str) -> None:
    record = story.market.m.claim(1)
    state.add_to_field("ClaimRecord", record, f"{tier}_tier", 1)
    assert f"claim 1 of market {story.market.id}: {tier}_tier in claim record {record}" in refused()


@pytest.mark.parametrize("atom", [1, -1])
def test_a_vault(state: State, story: Story, refused: Verify, atom: int) -> None:
    vault = story.market.m.pool_vault
    state.add_to_token_account(vault, atom)
    printed = refused()
    assert f"closing balance of pool vault {vault}, against opening and flows" in printed
    assert "sum of all token accounts" in printed
    assert (f"pool vault {vault} of market {story.market.id}: " in printed) == (atom < 0)


def test_an_atom_moved_between_two_vaults(state: State, story: Story, refused: Verify) -> None:
    m = story.market.m
    state.add_to_token_account(m.pool_vault, -1)
    state.add_to_token_account(m.vault, 1)
    printed = refused()
    assert "sum of all token accounts" not in printed
    assert f"closing balance of pool vault {m.pool_vault}" in printed
    assert f"closing balance of market vault {m.vault}" in printed


def test_the_money_that_a_release_moved(state: State, clean: Report, refused: Verify) -> None:
    claim = clean.claims[3]
    state.alter_inner(claim.signature, is_transfer_of(claim.net), 1, 1)
    printed = refused()
    assert "claim 3 of market" in printed and "money moved to the market's vault" in printed
    assert f"insurance_pool.release_funds in transaction {claim.signature}" in printed


def test_the_result_that_the_pool_told(state: State, clean: Report, refused: Verify) -> None:
    claim = clean.claims[1]
    state.alter_inner(claim.signature, is_call_of("complete_claim"), 16, 1)
    assert f"result of the claim in insolvency_handler.complete_claim in transaction {claim.signature}" in refused()


def test_the_deficit_that_the_market_reported(state: State, clean: Report, refused: Verify) -> None:
    claim = clean.claims[1]
    state.alter_inner(claim.signature, is_call_of("report_deficit"), 8, 1)
    printed = refused()
    assert f"counters in insolvency_handler.report_deficit in transaction {claim.signature}" in printed


def test_the_claim_that_the_pool_was_told(state: State, clean: Report, refused: Verify) -> None:
    claim = clean.claims[1]
    state.alter_inner(claim.signature, is_call_of("request_payout"), 16, -1)
    assert "deficit told to the pool (request_payout)" in refused()


@pytest.mark.parametrize(
    ("name", "offset", "place"),
    [
        ("apply_sync", 8, "price told to the market by risk_engine.sync_market"),
        ("apply_sync", 43, "limits told to the market by risk_engine.sync_market"),
        ("update_statistics", 16, "statistics told by demo_market.push_statistics"),
        ("update_reserve", 16, "reserve told by insurance_pool.report_reserve"),
        ("set_rate", 16, "score told to the premium manager by risk_engine.update_score"),
        ("set_risk", 16, "risk told to the pool by risk_engine.update_score"),
        ("update_arrears", 8, "arrears told by premium_manager.report_arrears"),
        ("credit_premium", 8, "premium, epoch, arrears and offset told to the pool by premium_manager.route_premiums"),
        ("cover_deficit", 8, "amounts told to the market (cover_deficit) by insolvency_handler.complete_claim"),
        ("pay_claim_fee", 8, "amounts told to the pool (pay_claim_fee) by insolvency_handler.collect_claim_fee"),
    ],
)
def test_what_one_program_told_another(
    state: State, story: Story, refused: Verify, name: str, offset: int, place: str
) -> None:
    for record in story.world.local.transactions():
        if any(is_call_of(name)(one) for calls in record.inner.values() for one in calls):
            state.alter_inner(str(record.signature), is_call_of(name), offset, 1)
            assert f"{place} in transaction {record.signature}" in refused()
            return
    raise AssertionError(f"{name} was never called")


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("InsurancePool", "available_balance"),
        ("InsurancePool", "unvested"),
        ("InsurancePool", "claim_fees"),
        ("PerpMarket", "house"),
        ("PerpMarket", "deficit_counter"),
        ("PremiumAccount", "escrow_ledger"),
    ],
)
def test_a_ledger(state: State, story: Story, refused: Verify, kind: str, field: str) -> None:
    m = story.market.m
    address = {"InsurancePool": m.pool, "PerpMarket": story.market.id, "PremiumAccount": m.premium}[kind]
    state.add_to_field(kind, address, field, 1)
    assert f"{field} of {kind} {address}" in refused()


def test_the_supply(state: State, story: Story, refused: Verify) -> None:
    state.add(story.world.mint, 36, 1)
    assert f"sum of all token accounts of mint {story.world.mint}, against its supply" in refused()


def test_a_transaction_left_out(state: State, clean: Report, story: Story, refused: Verify) -> None:
    state.forget(clean.claims[4].signature)
    printed = refused()
    assert "claim 4 of market" in printed
    assert f"closing balance of pool vault {story.market.m.pool_vault}" in printed


def test_a_payment_before_the_forced_date_that_its_provider_did_not_ask_for(
    state: State, refused: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("offchain.verify.replay.pool.replay.is_forced", lambda *of: False)
    assert "caller in insurance_pool.execute_withdrawal" in refused()
