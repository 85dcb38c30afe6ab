"""Amounts of the story on the screen: rounded against whom they are about, never to nothing."""

import pytest

from offchain.demo.words import lost, usdc


@pytest.mark.parametrize(
    ("atoms", "shown"),
    [
        (0, "0.00"),
        (1, "<0.01"),
        (9_999, "<0.01"),
        (10_000, "0.01"),
        (1_234_567_890, "1,234.56"),
        (-1, "-0.01"),
        (-9_000, "-0.01"),
        (-1_500_000, "-1.50"),
        (-1_500_001, "-1.51"),
    ],
)
def test_what_somebody_has_is_rounded_down(atoms: int, shown: str) -> None:
    assert usdc(atoms) == f"{shown} USDC"


@pytest.mark.parametrize(("atoms", "shown"), [(0, "0.00"), (1, "0.01"), (10_000, "0.01"), (1_990_001, "2.00")])
def test_what_somebody_loses_is_rounded_up(atoms: int, shown: str) -> None:
    assert lost(atoms) == f"{shown} USDC"
