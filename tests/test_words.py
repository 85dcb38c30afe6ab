"""Figures and dates as people read them."""

import pytest

from offchain import words
from offchain.chain.epochs import Schedule


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (-5, "0 seconds"),
        (0, "0 seconds"),
        (1, "1 second"),
        (61, "1 minute 1 second"),
        (3_600, "1 hour"),
        (86_400 * 14, "14 days"),
        (86_400 + 3_601, "1 day 1 hour"),
        (86_400 * 2_000, "2,000 days"),
    ],
)
def test_lasting(seconds: int, shown: str) -> None:
    assert words.lasting(seconds) == shown


@pytest.mark.parametrize(
    ("lamports", "shown"),
    [
        (0, "0 SOL"),
        (5_000, "0.000005 SOL"),
        (1_500_000_000, "1.5 SOL"),
        (-1, "-0.000000001 SOL"),
        (10**13, "10,000 SOL"),
    ],
)
def test_sol(lamports: int, shown: str) -> None:
    assert words.sol(lamports) == shown


def test_the_rest() -> None:
    assert words.usdc(-1_500_000) == "-1.500000 USDC"
    assert words.share_price(1_012_345_678) == "1.012345678"
    assert words.epoch_date(Schedule(1_583_798_400, 900), 10) == "2020-03-10 02:30 UTC"
    assert (words.reasons(0), words.reasons(2 | 8)) == ("none", "stale score, unpaid exit")
    assert [words.grade(number) for number in range(5)] == ["A", "B", "C", "D", "Restricted"]
    with pytest.raises(IndexError):
        words.grade(5)
    assert (words.number(1, "position"), words.number(1_234, "position")) == ("1 position", "1,234 positions")
