"""Bounds of terms: the project's parameters and the programs' own asserts, at both ends."""

import re
from dataclasses import fields

import pytest

from offchain.chain.epochs import Schedule
from offchain.chain.recipes import MarketDesign, default_design
from offchain.creation.errors import TermError
from offchain.creation.terms import BY_NAME, LIQUIDATION_FEE_BPS, MAINTENANCE_BPS, TERMS, TRADING_FEE_BPS, Term
from offchain.settings.paths import PROGRAMS_PY
from offchain.settings.project import load_project

SCHEDULE = Schedule(0, 900)
PARAMETERS = load_project().profile("release").parameters


def test_every_field_of_a_design_is_a_term() -> None:
    assert {term.name for term in TERMS} == {field.name for field in fields(MarketDesign)}


def test_defaults_are_those_of_the_recipes() -> None:
    design = default_design(depth=1, profile="release")
    for term in TERMS:
        if term.default is not None:
            assert term.default(PARAMETERS) == getattr(design, term.name), term.name


def test_the_demo_markets_bounds_are_those_its_program_asserts() -> None:
    source = (PROGRAMS_PY / "lib" / "demo" / "checks.py").read_text(encoding="utf-8")
    for name, (low, high) in (("trading_fee_bps", TRADING_FEE_BPS), ("maintenance_bps", MAINTENANCE_BPS)):
        assert f"{name} >= {low} and {name} <= {high}" in source
    assert re.search(rf"liquidation_fee_bps <= {LIQUIDATION_FEE_BPS[1]}\b", source) and LIQUIDATION_FEE_BPS[0] == 0
    assert "depth > 0 and depth <= PRICE_MAX" in source
    assert BY_NAME["depth"].bounds(PARAMETERS) == (1, PARAMETERS.price_max)


def test_leverage_starts_at_one_as_the_risk_engine_asserts() -> None:
    source = (PROGRAMS_PY / "lib" / "risk" / "terms.py").read_text(encoding="utf-8")
    assert "max_leverage >= 10_000 and max_leverage <= MAX_LEVERAGE_CAP" in source
    assert BY_NAME["max_leverage"].bounds(PARAMETERS) == (10_000, PARAMETERS.max_leverage_cap)


TEXTS = {
    "depth": ("0", "0.000001", "1000000000", "1000000000.000001"),
    "max_leverage": ("0.9999", "1", "100x", "100.0001"),
    "insolvency_threshold": ("0.999999", "1", "100000", "100000.000001"),
    "lock_epochs": ("671", "7d", "30d", "2881"),
    "notice_epochs": ("3", "1h", "7d", "673"),
    "performance_fee_bps": ("4.99", "5%", "10", "10.01"),
    "trading_fee_bps": ("0", "0.01", "1 %", "1.01"),
    "maintenance_bps": ("0.49", "0.5", "10", "10.01"),
    "liquidation_fee_bps": (None, "0", "2", "2.01"),
}
"""Term -> (just below, lowest, highest, just above)."""


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.name)
def test_bounds_are_met_at_both_ends(term: Term) -> None:
    below, lowest, highest, above = TEXTS[term.name]
    low, high = term.bounds(PARAMETERS)
    assert term.parse(str(lowest), SCHEDULE, PARAMETERS) == low
    assert term.parse(str(highest), SCHEDULE, PARAMETERS) == high
    for text in filter(None, (below, above)):
        with pytest.raises(TermError, match=rf"{term.option} .* is out of bounds: choose from"):
            term.parse(text, SCHEDULE, PARAMETERS)


@pytest.mark.parametrize("text", ["", "much", "-1", "1e400", "NaN", "1,5"])
@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.name)
def test_what_is_no_number_is_refused_by_the_option(term: Term, text: str) -> None:
    with pytest.raises(TermError, match=term.option):
        term.parse(text, SCHEDULE, PARAMETERS)


def test_each_term_says_what_it_means() -> None:
    for term in TERMS:
        shown = term.show(term.bounds(PARAMETERS)[1], SCHEDULE)
        assert shown in term.meaning(shown, PARAMETERS) and term.meaning(shown, PARAMETERS).endswith(".")
