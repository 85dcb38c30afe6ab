"""The table of instructions fails on whatever no test shows."""

from pathlib import Path

import pytest

from scripts.quality.evidence import Fact
from scripts.quality.instruction_table import build
from scripts.quality.program_source import Sources

SOURCE = """
class Done(Event):
    amount: u64

@instruction
def act(amount: u64):
    assert amount > 0, 'E_AMOUNT: give an amount'
    e = Done(amount)
    e.emit()
"""
TEST = "tests/programs/shop/test_act.py::test_it"
ALL = {
    Fact("shop", "act", "success", "", TEST),
    Fact("shop", "act", "event", "Done", TEST),
    Fact("shop", "act", "refusal", "E_AMOUNT: give an amount", TEST),
    Fact("shop", "act", "units", "", TEST),
}


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    (tmp_path / "shop.py").write_text(SOURCE)
    return Sources(tmp_path)


def test_nothing_is_missing_when_every_fact_has_a_test(sources: Sources) -> None:
    table = build(sources, ALL)
    assert table.missing == []
    assert sum(TEST in line for line in table.lines) == 4


@pytest.mark.parametrize("kind", ["success", "event", "refusal", "units"])
def test_each_fact_without_a_test_is_named(sources: Sources, kind: str) -> None:
    table = build(sources, {fact for fact in ALL if fact.kind != kind})
    assert len(table.missing) == 1
    assert "shop" in table.missing[0]


def test_a_refusal_shown_by_another_program_does_not_count(sources: Sources) -> None:
    facts = {fact for fact in ALL if fact.kind != "refusal"}
    facts.add(Fact("bank", "act", "refusal", "E_AMOUNT: give an amount", TEST))
    assert "E_AMOUNT" in build(sources, facts).missing[0]
