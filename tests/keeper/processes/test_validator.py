"""A stranger's keeper on Solana's own test validator, in real time: the steepest hours of March 2020."""

from pathlib import Path

import pytest

from offchain.demo.errors import DemoError
from scripts.benches.march.run import Outcome, Plan, march
from tests.conformance.legs import absence
from tests.keeper.processes.runs import assert_booked, assert_richer

BEGIN, END = "2020-03-12T08:00", "2020-03-12T11:00"
"""Three hours, twelve epochs."""
EPOCH_SECONDS = (10, 30)
"""Lengths of an epoch: the second one for a machine that was too busy for the first."""


def play(folder: Path) -> Outcome:
    """The run, again with longer epochs where the machine was too slow for the first."""
    for attempt, seconds in enumerate(EPOCH_SECONDS):
        place = folder / str(seconds)
        place.mkdir()
        try:
            return march(place, Plan(BEGIN, END, backend="test-validator", epoch_seconds=seconds))
        except DemoError as error:
            if "too slow" not in str(error) or attempt == len(EPOCH_SECONDS) - 1:
                raise
    raise AssertionError("unreachable")


def test_a_stranger_keeps_a_market_alive_on_a_real_validator(tmp_path: Path) -> None:
    reason = absence()
    if reason is not None:
        pytest.skip(reason)
    outcome = play(tmp_path)
    assert outcome.faults() == []
    assert outcome.shortened is not None
    (market,) = outcome.audit.markets
    assert market.paid == market.due > 0
    assert len(market.records) == len(market.payments) >= 1
    (keeper,) = outcome.keepers
    assert {str(record.executor) for record in market.records} == {keeper.key}
    assert_richer(keeper)
    assert_booked(keeper)
