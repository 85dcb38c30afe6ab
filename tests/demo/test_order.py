"""What an order costs: the trader's arithmetic."""

from dataclasses import dataclass, replace

import pytest

from offchain.demo.order import Order, plan_order
from offchain.settings.project import load_project

PARAMETERS = load_project().profile("development").parameters
COIN = 1_000_000


@dataclass
class Market:
    """A market of 1 000 000 USDC depth at 10 000 USD."""

    price: int = 10_000_000_000
    provisional: bool = False
    reasons: int = 0
    leverage_cap: int = 100_000
    oi_cap: int = 100_000_000_000
    oi_long: int = 0
    oi_short: int = 0
    depth: int = 1_000_000_000_000
    trading_fee_bps: int = 10


def order(market: Market, is_long: bool = True, leverage: int = 50_000) -> Order | None:
    return plan_order(market, is_long, COIN, leverage, PARAMETERS)


def test_a_buyer_pays_slippage_margin_and_fee() -> None:
    # 10 000 of 1 000 000 USDC depth moves the price by 1 % of 2 %: 2 USD; 10 002 / 5 = 2 000.4; 10 bps fee.
    assert order(Market()) == Order(10_002_000_000, 2_000_400_000, 2_000_400_000 + 10_002_000)


def test_a_seller_gets_less() -> None:
    found = order(Market(), is_long=False)
    assert found is not None
    assert found.price == 9_998_000_000


def test_the_market_caps_the_leverage() -> None:
    found = order(Market(leverage_cap=20_000))
    assert found is not None
    assert found.margin == 5_001_000_000


@pytest.mark.parametrize(
    "market",
    [
        Market(reasons=1),
        Market(provisional=True),
        Market(leverage_cap=0),
        Market(depth=9_000_000_000),
        Market(oi_cap=9_999_999_999),
        Market(oi_long=10 * COIN),
        Market(oi_short=11 * COIN),
    ],
)
def test_an_order_that_would_be_refused_is_not_sent(market: Market) -> None:
    assert order(market) is None
    assert order(replace(Market())) is not None
