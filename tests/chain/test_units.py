"""Amounts in and out: exact, and refused where they can't be."""

from decimal import Decimal

import pytest

from offchain.chain import units
from offchain.chain.units import UnitError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0),
        ("0.000001", 1),
        ("1", 1_000_000),
        ("12.5", 12_500_000),
        ("1.500000000", 1_500_000),
        ("1e3", 1_000_000_000),
        (7, 7_000_000),
        (Decimal("0.1"), 100_000),
        ("18446744073709.551615", units.U64_MAX),
    ],
)
def test_atoms(text: units.Number, expected: int) -> None:
    assert units.atoms(text) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (1.5, "decimal string"),
        (True, "decimal string"),
        (None, "decimal string"),
        ("-1", "negative"),
        ("-0.0000001", "negative"),
        ("1.0000001", "more than 6 decimals"),
        ("1e-999999999", "more than 6 decimals"),
        ("18446744073709.551616", "too large"),
        ("1e999999999", "too large"),
        ("1,5", "no amount"),
        ("", "no amount"),
        ("nan", "no amount"),
        ("inf", "no amount"),
        ("\u0661", "no amount"),
        ("1" * 5000, "no amount"),
    ],
)
def test_what_is_no_amount_is_refused(text: units.Number, why: str) -> None:
    with pytest.raises(UnitError, match=why):
        units.atoms(text)


def test_other_quantities() -> None:
    assert units.price("7911.43") == 7_911_430_000
    assert units.size("0.25") == 250_000
    assert units.bps("0.3") == 30
    assert units.leverage("2.5") == 25_000


def test_shown() -> None:
    assert units.format_usdc(1_234_567_890_123) == "1,234,567.890123"
    assert units.format_usdc(-1, symbol=True) == "-0.000001 USDC"
    assert units.format_price(7_911_430_000) == "7,911.43"
    assert units.format_price(1) == "0.000001"
    assert units.format_bps(1234) == "12.34 %"
    assert units.format_factor(750_000) == "0.750000"
    assert units.format_leverage(10_000) == "1x"
    assert units.format_leverage(125_000) == "12.5x"


@pytest.mark.parametrize("value", [0, 1, 999_999, 10**6, 10**15 + 7])
def test_what_is_shown_reads_back(value: int) -> None:
    assert units.atoms(units.format_usdc(value).replace(",", "")) == value


def test_floats_are_not_shown() -> None:
    with pytest.raises(UnitError, match="no integer"):
        units.format_usdc(1.0)  # type: ignore[arg-type]
