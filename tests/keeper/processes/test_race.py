"""Two keepers with different keys race for the same work: everything is paid, and nothing twice."""

from pathlib import Path

from scripts.benches.march.run import Plan, march
from tests.keeper.processes.runs import BEGIN, END, assert_booked, assert_paid, assert_richer


def test_two_keepers_race_and_nothing_is_paid_twice(tmp_path: Path) -> None:
    outcome = march(tmp_path, Plan(BEGIN, END, keepers=("first", "second")))
    assert_paid(outcome)
    first, second = outcome.keepers
    assert first.key != second.key
    (market,) = outcome.audit.markets
    paid_by_keepers = sum(event.keeper_paid for event in market.liquidations)
    assert first.atoms + second.atoms >= paid_by_keepers > 0
    for keeper in outcome.keepers:
        assert keeper.atoms > 0, f"{keeper.name} won nothing"
        assert_booked(keeper)
        assert_richer(keeper)
    refused = sum('"step": "refused"' in line for keeper in outcome.keepers for line in _lines(keeper.log))
    benign = sum('"benign": true' in line for keeper in outcome.keepers for line in _lines(keeper.log))
    assert refused == benign > 0


def _lines(log: Path) -> list[str]:
    return log.read_text().splitlines()
