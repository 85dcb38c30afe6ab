"""A stranger's keeper on Solana's own test validator, in real time: the steepest hours of March 2020."""

from pathlib import Path

import pytest

from scripts.benches.march.run import Plan, march
from tests.conformance.legs import absence
from tests.keeper.processes.runs import assert_booked, assert_richer

BEGIN, END = "2020-03-12T08:00", "2020-03-12T11:00"
"""Three hours, of which an epoch lasts ten seconds here."""


def test_a_stranger_keeps_a_market_alive_on_a_real_validator(tmp_path: Path) -> None:
    reason = absence()
    if reason is not None:
        pytest.skip(reason)
    outcome = march(tmp_path, Plan(BEGIN, END, backend="test-validator"))
    assert outcome.faults() == []
    assert outcome.shortened is not None
    (market,) = outcome.audit.markets
    assert market.paid == market.due > 0
    assert len(market.records) == len(market.payments) >= 1
    (keeper,) = outcome.keepers
    assert {str(record.executor) for record in market.records} == {keeper.key}
    assert_richer(keeper)
    assert_booked(keeper)
