"""Failure rates and their change, against exact tails of the hypergeometric distribution."""

from fractions import Fraction
from math import comb

import pytest

from offchain.processor.figures.failures import Call, Change, Counts, Failure, change, failure_rates
from offchain.processor.rows.failures import failing_call, failing_index, ran_before

DEPOSIT = Call("insurance_pool", "deposit")
LOCKED, PAUSED = Failure(*DEPOSIT, "E_LOCKED"), Failure(*DEPOSIT, "E_PAUSED")


def tail(failed: int, calls: int, baseline_failed: int, baseline_calls: int) -> Fraction:
    """Chance of so many failures or more in the last hour, had nothing changed (Fisher's exact test)."""
    total, bad = calls + baseline_calls, failed + baseline_failed
    ways = sum(comb(bad, k) * comb(total - bad, calls - k) for k in range(failed, min(calls, bad) + 1))
    return Fraction(ways, comb(total, calls))


def test_rates_of_each_code_and_of_all() -> None:
    rows = failure_rates(
        Counts({DEPOSIT: 300}, {LOCKED: 30, PAUSED: 1}), Counts({DEPOSIT: 7_000}, {LOCKED: 70, PAUSED: 140})
    )
    assert [(row.code, row.failed, row.baseline_failed) for row in rows] == [
        ("", 31, 210),
        ("E_LOCKED", 30, 70),
        ("E_PAUSED", 1, 140),
    ]
    locked = rows[1]
    assert (locked.calls, locked.rate_e6, locked.baseline_calls, locked.baseline_rate_e6) == (
        300,
        100_000,
        7_000,
        10_000,
    )
    assert locked.change is Change.DOUBLED


@pytest.mark.parametrize(
    ("failed", "calls", "baseline_failed", "baseline_calls", "wanted"),
    [
        (25, 100, 100, 1_000, Change.DOUBLED),
        (300, 1_000, 2_000, 10_000, Change.UP),  # half as much again, far beyond chance
        (10, 100, 100, 1_000, Change.NONE),
        (13, 100, 100, 1_000, Change.NONE),  # a third more, but by chance
        (4, 10, 0, 1_000, Change.NONE),  # too few to say anything
        (5, 1_000, 0, 50_000, Change.DOUBLED),  # from nothing
        (0, 1_000, 100, 5_000, Change.DOWN),
        (1_000, 1_000, 1_000, 1_000, Change.NONE),  # always did
        (5, 0, 5, 0, Change.NONE),
        (50, 50, 0, 0, Change.NONE),  # nothing to compare with
    ],
)
def test_change(failed: int, calls: int, baseline_failed: int, baseline_calls: int, wanted: Change) -> None:
    assert change(failed, calls, baseline_failed, baseline_calls) is wanted


@pytest.mark.parametrize("baseline_failed", [40, 100, 250])
def test_a_rise_is_called_one_about_where_the_exact_test_does(baseline_failed: int) -> None:
    calls, baseline_calls = 200, 2_000
    rises = [
        failed
        for failed in range(calls)
        if change(failed, calls, baseline_failed, baseline_calls) in (Change.UP, Change.DOUBLED)
    ]
    assert rises == list(range(rises[0], calls)), "once it is a rise, more failures are one too"
    assert tail(rises[0], calls, baseline_failed, baseline_calls) < Fraction(1, 200)
    assert tail(rises[0] - 1, calls, baseline_failed, baseline_calls) > Fraction(1, 20_000)


def test_the_failing_call_is_the_last_one_of_the_failing_program() -> None:
    made = [
        ("0", "ComputeBudget111111111111111111111111111111", None),
        ("1", "risk_engine", "update_score"),
        ("1.0", "premium_manager", "set_rate"),
        ("1.1", "insurance_pool", "set_risk"),
        ("2", "premium_manager", "route_premiums"),
    ]
    index = failing_index({"InstructionError": [1, {"Custom": 6000}]})
    ran = ran_before(made, index)
    assert [call[0] for call in ran] == ["0", "1", "1.0", "1.1"]
    assert failing_call(ran, "insurance_pool") == ("insurance_pool", "set_risk")
    assert failing_call(ran, "premium_manager") == ("premium_manager", "set_rate")
    assert failing_call(ran, "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA") == ("risk_engine", "update_score")
    assert failing_call(ran_before(made, failing_index("BlockhashNotFound")), None)[1] == "route_premiums"
    assert failing_call([], None) == ("", "")
