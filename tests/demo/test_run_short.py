"""The command on three hours of the crash: what it prints, keeps and refuses to call right."""

import json
from pathlib import Path
from typing import Any

import pytest
from solders.account import Account
from solders.pubkey import Pubkey

from offchain.cli import run
from offchain.demo import run as running
from offchain.demo.balance import BalanceSheet, balance_sheet
from offchain.demo.candles import read_candles
from offchain.demo.cast import gather
from offchain.demo.options import Options
from offchain.demo.recompute import Verdict, recompute
from offchain.demo.recording import Recording, record
from offchain.demo.stage import EmbeddedStage, Stage
from offchain.demo.view import SilentView
from offchain.demo.window import choose_window, cut

HOURS = ("--from", "2020-03-12T08:00", "--to", "2020-03-12T11:00")


def recorded() -> Recording:
    options = Options(begin=HOURS[1], end=HOURS[3])
    series = read_candles(options.data)
    return record(cut(series, choose_window(series, options.begin, options.end, False)), options.crash_scale)


@pytest.fixture(scope="module")
def stage() -> EmbeddedStage:
    """A chain on which the three hours were played."""
    recording = recorded()
    stage = EmbeddedStage(recording.start)
    running.play(recording, stage, lambda story: SilentView(), 0.0)
    return stage


def sheet(stage: EmbeddedStage) -> BalanceSheet:
    cast = gather(recorded().plans())
    return balance_sheet(stage.chain, cast.mint.key, cast.names())


def lose_an_atom(stage: EmbeddedStage, address: Pubkey) -> None:
    """Take one atom out of a token account, past every rule."""
    account = stage.local.account(address)
    assert account is not None
    amount = int.from_bytes(account.data[64:72], "little") - 1
    data = account.data[:64] + amount.to_bytes(8, "little") + account.data[72:]
    stage.local.set_account(address, Account(account.lamports, data, account.owner, False, account.rent_epoch))


def test_json_is_one_document_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "--json", *HOURS]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    found: dict[str, Any] = json.loads(printed.out)
    for part in ("claims", "no_claims", "epochs", "balance_sheet", "compute_units", "seconds"):
        assert part in found
    claim = found["claims"][0]
    for name in ("sequence", "deficit", "threshold", "payout", "fee", "uncovered", "tiers", "signature"):
        assert name in claim
    assert claim["recomputed_payout"] == claim["payout"] > 0


def test_a_pipe_gets_the_story_the_claims_and_the_balance(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", *HOURS]) == 0
    printed = capsys.readouterr().out
    for expected in (
        "LP anchor deposits",
        "long-20x opens",
        "long-20x is liquidated",
        "claim 1: the pool pays",
        "recomputed",
        "Balance sheet",
        "insurance_pool.release_funds",
        "difference 0 atoms",
    ):
        assert expected in printed


def test_the_kept_state_passes_the_verifier(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "state"
    assert run(["demo", "--json", "--keep", str(folder), *HOURS]) == 0
    assert run(["verify", "--state", str(folder)]) == 0


def test_a_claim_that_differs_from_its_recomputation_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_atom_less(stage: Stage) -> Verdict:
        verdict = recompute(stage)
        return Verdict({claim: payout - 1 for claim, payout in verdict.payouts.items()}, verdict.faults)

    monkeypatch.setattr(running, "recompute", one_atom_less)
    assert run(["demo", "--json", *HOURS]) != 0
    assert "claim 1 of market A paid" in capsys.readouterr().err


def test_what_the_verifier_finds_fails(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "recompute", lambda stage: Verdict(recompute(stage).payouts, ("a vault is short",)))
    assert run(["demo", "--json", *HOURS]) != 0
    assert "a vault is short" in capsys.readouterr().err


def test_a_balance_of_a_real_run_holds_every_account(stage: EmbeddedStage) -> None:
    found = sheet(stage)
    assert found.faults() == []
    names = {holding.name for holding in found.holdings}
    assert {"pool A", "pool B", "market A", "market B", "treasury", "liquidator", "LP A anchor"} <= names
    assert len(found.holdings) == 3 + 2 * 4 + 2 + 7 + 19


def test_a_missing_atom_is_found(stage: EmbeddedStage) -> None:
    treasury = gather(recorded().plans()).treasury
    account = stage.local.account(treasury.token)
    lose_an_atom(stage, treasury.token)
    try:
        found = sheet(stage)
        assert found.difference == 1
        assert "exist" in found.faults()[0]
    finally:
        stage.local.set_account(treasury.token, account)


def test_a_vault_below_its_ledger_is_found(stage: EmbeddedStage) -> None:
    vault = next(vault for vault in sheet(stage).vaults if vault.holding.name == "pool A")
    account = stage.local.account(vault.holding.address)
    for _ in range(vault.spare + 1):
        lose_an_atom(stage, vault.holding.address)
    try:
        assert any(fault.startswith("pool A holds") for fault in sheet(stage).faults())
    finally:
        stage.local.set_account(vault.holding.address, account)
