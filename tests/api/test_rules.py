"""Parameters from their one source, fees and risks with their bounds."""

from dataclasses import fields
from typing import Any

import pytest

from offchain.api.bodies.rules import UNITS, told, unit_of
from offchain.api.texts.fees import every_fee
from offchain.api.texts.risks import every_risk
from offchain.creation.terms import TERMS
from offchain.settings.parameters import Parameters
from offchain.settings.project import load_project
from tests.api.conftest import Lived

PARAMETERS = load_project().profile("development").parameters


def test_every_compiled_number_is_shown_once(get: Any) -> None:
    items = get("params")["items"]
    shown = {
        (one["name"].upper() + (f"_{one['grade'].upper()}" if one["grade"] else "")): one["value"] for one in items
    }
    assert shown == {name: str(value) for name, value in PARAMETERS.constants()}
    assert len(items) == len(shown)


def test_every_number_has_a_meaning_and_a_unit() -> None:
    names = {field.name for field in fields(Parameters)}
    assert set(told()) == names
    assert all(group and meaning for group, meaning in told().values())
    assert {name for unit in UNITS.values() for name in unit} <= names
    assert all("bps" in name for name in names if unit_of(name) == "bps")


def test_terms_have_the_bounds_of_the_creation(lived: Lived, get: Any) -> None:
    body = get("params")
    terms = {one["name"]: one for one in body["terms"]}
    assert set(terms) == {term.name for term in TERMS}
    for term in TERMS:
        assert (int(terms[term.name]["low"]), int(terms[term.name]["high"])) == term.bounds(PARAMETERS)
    assert (terms["depth"]["low_shown"], terms["depth"]["high_shown"]) == ("above 0", "1,000,000,000 USDC")
    assert terms["depth"]["default_shown"] is None and "0.000001" not in terms["depth"]["words"]
    assert terms["trading_fee_bps"]["low_shown"] == "0.01 %"
    assert (body["epoch_seconds"], body["genesis"]) == (900, lived.story.world.schedule.genesis)
    assert body["development"] is lived.directory.risk.dev is True  # type: ignore[union-attr]


def test_fees_name_payer_receiver_and_bound(get: Any) -> None:
    items = get("fees")["items"]
    assert len({one["name"] for one in items}) == len(items) == len(every_fee(PARAMETERS))
    assert all(one["payer"] and one["receiver"] and one["bound"] for one in items)
    by_name = {one["name"]: (one["low_bps"], one["high_bps"]) for one in items}
    assert by_name["performance"] == (500, 1_000)
    assert by_name["early_withdrawal"] == (0, 30)
    assert by_name["claim"] == (5, 5)
    assert by_name["premium"] == (1_000, 6_000)
    assert by_name["premium_floor"] == (1_000, 6_000)
    assert by_name["trading"] == (1, 100)
    assert by_name["funding"] == (0, 30)


@pytest.mark.parametrize(
    "name", ["liquidity", "leverage", "oracle", "liquidation", "cascade", "usdc_freeze", "usdc_depeg"]
)
def test_the_failure_modes_and_usdc_are_among_the_risks(get: Any, name: str) -> None:
    body = get("risks")
    one = next(each for each in body["items"] if each["name"] == name)
    assert one["severity"] in ("high", "medium", "low")
    assert one["failure"].endswith(".")
    assert one["mitigation"].endswith(".")
    assert "Experimental, unaudited software" in body["warning"]
    assert len(body["items"]) == len(every_risk(PARAMETERS))
