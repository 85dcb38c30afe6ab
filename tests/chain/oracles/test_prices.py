"""Foreign prices in the risk engine's unit: the price is rounded down, the uncertainty up."""

import pytest

from offchain.chain.oracles.prices import OraclePrice, scaled


@pytest.mark.parametrize(
    ("value", "conf", "exponent", "price", "width"),
    [
        (10_820_161_736, 991_136, -8, 108_201_617, 9_912),
        (108_201_617, 9_912, -6, 108_201_617, 9_912),
        (10_820, 1, -2, 108_200_000, 10_000),
        (108, 1, 0, 108_000_000, 1_000_000),
        (1_999_999, 1_000_001, -12, 1, 2),
        (999_999, 0, -12, 0, 0),
        (1_011_997_930_000_000_000, 1, -18, 1_011_997, 1),
    ],
)
def test_scaled(value: int, conf: int, exponent: int, price: int, width: int) -> None:
    assert scaled(value, conf, exponent, 7) == OraclePrice(price, width, 7)
