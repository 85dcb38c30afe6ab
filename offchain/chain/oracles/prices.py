"""A foreign oracle's price in the risk engine's unit, by the same arithmetic as the adapters'."""

from dataclasses import dataclass

from offchain.errors import PercosecError

DECIMALS = 6
"""Digits after the point in the risk engine's unit, 1e-6 USD."""


class OracleError(PercosecError):
    """An oracle's account is not what it should be, or holds no price that counts."""


@dataclass(frozen=True, slots=True)
class OraclePrice:
    """What `push_price` takes."""

    price: int
    """1e-6 USD, rounded down."""
    conf: int
    """Half the width of the confidence interval in 1e-6 USD, rounded up."""
    publish_time: int
    """Unix seconds."""


def scaled(value: int, conf: int, exponent: int, publish_time: int) -> OraclePrice:
    """`value * 10^exponent` USD and its confidence in 1e-6 USD."""
    factor: int = 10 ** abs(exponent + DECIMALS)
    if exponent >= -DECIMALS:
        return OraclePrice(value * factor, conf * factor, publish_time)
    return OraclePrice(value // factor, -(-conf // factor), publish_time)
