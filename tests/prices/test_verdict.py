"""Which quotes are believed: every reason to refuse one at its very bound, and crashes that must get through."""

from dataclasses import replace

import pytest

from offchain.prices.quote import Quote
from offchain.prices.verdict import MAX_PRICE, Held, holding, is_wild, plain_verdict
from offchain.settings.prices import PriceSettings

SETTINGS = PriceSettings()
NOW = 1_583_798_400
GOOD = Quote("BTC/USD", "pyth", 8_000_000_000, 4_000_000, NOW)


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        (GOOD, "good"),
        (replace(GOOD, price=0), "nonpositive"),
        (replace(GOOD, price=-1), "nonpositive"),
        (replace(GOOD, price=1, conf=0), "good"),
        (replace(GOOD, price=MAX_PRICE), "good"),
        (replace(GOOD, price=MAX_PRICE + 1), "too_large"),
        (replace(GOOD, conf=800_000_000), "good"),
        (replace(GOOD, conf=800_000_001), "unsure"),
        (replace(GOOD, conf=-1), "unsure"),
        (replace(GOOD, publish_time=NOW + 2), "good"),
        (replace(GOOD, publish_time=NOW + 3), "ahead"),
        (replace(GOOD, publish_time=NOW - 30), "good"),
        (replace(GOOD, publish_time=NOW - 31), "stale"),
    ],
)
def test_plain_refusals(quote: Quote, verdict: str) -> None:
    assert plain_verdict(quote, None, NOW, SETTINGS) == verdict


def test_a_source_that_goes_back_in_time_is_refused() -> None:
    assert plain_verdict(GOOD, replace(GOOD, price=1, publish_time=NOW), NOW, SETTINGS) == "good"
    assert plain_verdict(GOOD, replace(GOOD, publish_time=NOW + 1), NOW, SETTINGS) == "backwards"


@pytest.mark.parametrize(
    ("price", "wild"), [(10_000_000_000, False), (10_000_000_001, True), (6_000_000_000, False), (5_999_999_999, True)]
)
def test_a_step_beyond_a_quarter_is_wild(price: int, wild: bool) -> None:
    assert is_wild(replace(GOOD, price=price), 8_000_000_000, [], None, SETTINGS) is wild


def test_the_first_price_is_believed() -> None:
    assert not is_wild(GOOD, None, [], None, SETTINGS)
    # One other source alone can't say which of the two is wrong.
    assert not is_wild(GOOD, None, [80_000_000_000], None, SETTINGS)


def test_the_first_price_is_measured_by_two_others() -> None:
    assert is_wild(GOOD, None, [80_000_000_000, 80_100_000_000], None, SETTINGS)
    assert not is_wild(GOOD, None, [8_100_000_000, 80_100_000_000], None, SETTINGS)


def test_another_source_that_agrees_confirms_a_crash_at_once() -> None:
    crash = replace(GOOD, price=4_000_000_000)
    assert is_wild(crash, 8_000_000_000, [7_900_000_000], None, SETTINGS)
    assert not is_wild(crash, 8_000_000_000, [4_080_000_000 * 10_000 // 10_200], None, SETTINGS)
    assert is_wild(crash, 8_000_000_000, [4_100_000_000], None, SETTINGS)


def test_a_crash_that_lasts_is_believed_after_a_minute() -> None:
    held = None
    for second in range(60):
        crash = replace(GOOD, price=4_000_000_000 + second, publish_time=NOW + second)
        assert is_wild(crash, 8_000_000_000, [], held, SETTINGS)
        held = holding(crash, held, SETTINGS)
    assert not is_wild(replace(GOOD, price=4_000_000_000, publish_time=NOW + 60), 8_000_000_000, [], held, SETTINGS)


def test_a_crash_need_not_stand_still_to_be_believed() -> None:
    held, price = None, 4_000_000_000
    for second in range(60):
        crash = replace(GOOD, price=price, publish_time=NOW + second)
        assert is_wild(crash, 8_000_000_000, [], held, SETTINGS)
        held = holding(crash, held, SETTINGS)
        price = price * 99 // 100
    assert not is_wild(replace(GOOD, price=price, publish_time=NOW + 60), 8_000_000_000, [], held, SETTINGS)


def test_a_price_that_jumps_about_is_never_believed() -> None:
    held: Held | None = None
    for second in range(0, 300, 10):
        price = (4_000_000_000, 2_000_000_000, 12_000_000_000)[second // 10 % 3]
        quote = replace(GOOD, price=price, publish_time=NOW + second)
        assert is_wild(quote, 8_000_000_000, [], held, SETTINGS)
        held = holding(quote, held, SETTINGS)
