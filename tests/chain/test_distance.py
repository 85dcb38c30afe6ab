"""The threshold is exactly where `find_breach` changes its mind, for any position."""

from random import Random

import pytest

from offchain.chain.breach import find_breach
from offchain.chain.distance import MarketAt, distance_bps, liquidation_threshold, market_at, moved
from tests.chain.test_breach import Market, Position


def broken(market: Market, position: Position, price: int) -> bool:
    return find_breach(market_at(market, price), position, 10, 5_000_000) is not None


def test_the_threshold_of_a_long_and_of_a_short() -> None:
    # 1 coin at 10 000 with 2 000: worth - 8 000 < 2.5 % of worth, below 8 205.128205...
    assert liquidation_threshold(Market(), Position()) == 8_205_128_205
    assert liquidation_threshold(Market(), Position(is_long=False)) == 11_707_317_074
    assert distance_bps(8_000_000_000, 8_205_128_205) == 256
    assert distance_bps(10_000_000_000, 8_205_128_205) == -1794


def test_at_the_threshold_a_position_breaks_and_one_step_before_it_does_not() -> None:
    chance = Random("thresholds")
    for _ in range(2_000):
        size = chance.choice((1, 7, 999, 10**4, 10**6, 12_345_678, 10**12))
        entry = chance.randrange(1, 10**11)
        notional = -(-size * entry // 10**6)
        margin = max(1, notional * chance.randrange(1, 12_000) // 10_000)
        position = Position(
            is_long=chance.random() < 0.5,
            size=size,
            notional=notional,
            margin=margin,
            initial_margin=margin,
            entry_funding=chance.randrange(-(10**8), 10**8),
        )
        market = Market(cum_funding=chance.randrange(-(10**8), 10**8), maintenance_bps=chance.randrange(50, 1000))
        found = liquidation_threshold(market, position)
        if found is None:
            assert not broken(market, position, 1 if position.is_long else 10**16)
            continue
        before = found + 1 if position.is_long else found - 1
        assert broken(market, position, found)
        assert before < 1 or before > 10**18 or not broken(market, position, before)


def test_a_long_with_more_margin_than_notional_breaks_at_no_price() -> None:
    assert liquidation_threshold(Market(), Position(margin=11_000_000_000)) is None
    assert distance_bps(8_000_000_000, None) is None


@pytest.mark.parametrize(("bps", "price"), [(-5_000, 4_000), (0, 8_000), (2_500, 10_000), (-10_000, 1)])
def test_prices_after_a_move(bps: int, price: int) -> None:
    assert moved(8_000, bps) == price


def test_a_market_elsewhere_has_no_lagging_price() -> None:
    assert market_at(Market(lag_price=9, fund=5), 7) == MarketAt(7, 0, 250, 5)
    assert market_at(Market(fund=5), 7, fund=2).fund == 2
