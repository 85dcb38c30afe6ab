"""Spending caps."""

from offchain.keeper.budget import HOUR_MS, Budget, Entry


def test_an_hour_is_capped_and_passes() -> None:
    budget = Budget(per_cycle=100, per_hour=150)
    assert isinstance(budget.take(100, 1, 0), Entry)
    assert isinstance(budget.take(50, 2, 1), Entry)
    assert budget.take(1, 3, 2) == "151 lamports in an hour exceed max_lamports_hour = 150"
    assert isinstance(budget.take(100, 3, HOUR_MS), Entry)
    assert budget.spent() == 150


def test_a_cycle_is_capped_by_itself() -> None:
    budget = Budget(per_cycle=100, per_hour=1_000)
    assert isinstance(budget.take(100, 1, 0), Entry)
    assert budget.take(1, 1, 0) == "101 lamports in one cycle exceed max_lamports_cycle = 100"
    assert isinstance(budget.take(1, 2, 0), Entry)


def test_what_a_transaction_really_cost_takes_the_place_of_the_estimate() -> None:
    budget = Budget(per_cycle=100, per_hour=100)
    entry = budget.take(100, 1, 0)
    assert isinstance(entry, Entry)
    entry.lamports = 5
    assert isinstance(budget.take(95, 1, 1), Entry)


def test_spending_of_the_process_before_counts_until_a_person_resumes() -> None:
    budget = Budget(per_cycle=100, per_hour=100)
    budget.carry(100, 0)
    assert isinstance(budget.take(1, 1, 1), str)
    budget.clear()
    assert isinstance(budget.take(1, 1, 1), Entry)
