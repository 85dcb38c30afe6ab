"""The keeper's arithmetic, on numbers worked by hand."""

from dataclasses import dataclass

import pytest

from offchain.chain.breach import Breach, counted_deficit, find_breach, liquidation_price


@dataclass
class Market:
    price: int = 8_000_000_000
    lag_price: int = 0
    cum_funding: int = 0
    maintenance_bps: int = 250
    fund: int = 0


@dataclass
class Position:
    """One coin at 10 000 USD with 5x."""

    is_long: bool = True
    size: int = 1_000_000
    notional: int = 10_000_000_000
    margin: int = 2_000_000_000
    initial_margin: int = 2_000_000_000
    entry_funding: int = 0


def breach(market: Market, position: Position) -> Breach | None:
    return find_breach(market, position, 10, 5_000_000)


def test_a_long_is_liquidated_below_its_maintenance_margin() -> None:
    # At 8 206 equity is 206 and maintenance 205.15; at 8 205 equity is 205 and maintenance 205.125.
    assert breach(Market(price=8_206_000_000), Position()) is None
    assert breach(Market(price=8_205_000_000), Position()) == Breach(8_205_000_000, 205_000_000, 5_000_000)


def test_a_deficit_holds_the_keepers_minimum() -> None:
    found = breach(Market(price=7_900_000_000), Position())
    assert found is not None
    assert (found.equity, found.keeper_minimum, found.deficit) == (-100_000_000, 5_000_000, 105_000_000)


def test_a_short_loses_when_the_price_rises() -> None:
    assert breach(Market(price=11_000_000_000), Position(is_long=False)) is None
    found = breach(Market(price=12_500_000_000), Position(is_long=False))
    assert found is not None
    assert found.deficit == 505_000_000


def test_the_better_of_the_newest_and_the_lagged_price_counts() -> None:
    market = Market(price=7_000_000_000, lag_price=9_000_000_000)
    assert liquidation_price(market, True) == 9_000_000_000
    assert liquidation_price(market, False) == 7_000_000_000
    assert breach(market, Position()) is None


@pytest.mark.parametrize(("is_long", "equity"), [(True, 89_999_988), (False, 3_910_000_011)])
def test_funding_is_owed_up_and_received_down(is_long: bool, equity: int) -> None:
    # 10 000.000001 * 1 000 001 / 1e9 = 10.000010000001: the long owes 10.000011, the short receives 10.000010.
    market = Market(price=8_100_000_000, cum_funding=1_000_001, maintenance_bps=10_000)
    found = breach(market, Position(is_long=is_long, notional=10_000_000_001))
    assert found is not None
    assert found.equity == equity


def test_the_counter_rises_by_the_rest_after_the_fund_and_at_most_the_initial_margin() -> None:
    market, position = Market(price=7_900_000_000, fund=5_000_000), Position()
    found = breach(market, position)
    assert found is not None
    assert counted_deficit(market, position, found) == 100_000_000
    market = Market(price=5_000_000_000)
    found = breach(market, position)
    assert found is not None
    assert found.deficit == 3_005_000_000
    assert counted_deficit(market, position, found) == 2_000_000_000
