"""One keeper with a stranger's key keeps a market alive through the crash, and earns more than it spends."""

import json
from pathlib import Path

import pytest

from scripts.benches.march.player import KeepersIdleError
from scripts.benches.march.run import Plan, march
from tests.keeper.processes.runs import BEGIN, END, assert_booked, assert_paid, assert_richer


def test_a_strangers_key_alone_keeps_the_market_alive_and_profits(tmp_path: Path) -> None:
    outcome = march(tmp_path, Plan(BEGIN, END))
    assert outcome.epochs == 56
    assert_paid(outcome)
    (keeper,) = outcome.keepers
    (market,) = outcome.audit.markets
    assert {str(record.executor) for record in market.records} == {keeper.key}
    assert_richer(keeper)
    assert_booked(keeper)


def test_its_key_is_in_no_log(tmp_path: Path) -> None:
    outcome = march(tmp_path, Plan(BEGIN, "2020-03-12T02:00"))
    (keeper,) = outcome.keepers
    secret = json.loads((tmp_path / "stranger.json").read_text())
    logged = keeper.log.read_text()
    assert keeper.key in logged
    assert str(secret[:8])[1:-1] not in logged
    assert bytes(secret[:32]).hex() not in logged


def test_a_keeper_that_leaves_out_scores_fails_the_run(tmp_path: Path) -> None:
    plan = Plan(BEGIN, "2020-03-12T02:00", settings={"PERCOSEC_KEEPER_DUTIES": "sync,liquidation"}, patience=8)
    with pytest.raises(KeepersIdleError, match="the score of epoch 96"):
        march(tmp_path, plan)
