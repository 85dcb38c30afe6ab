"""Ceilings of the cheap instructions; those with rules of their own have theirs in their own files.

A token transfer costs 4.7 k on this chain, loading and storing the market 6 k, an event 1 k, a created account 6 k and
the search of its address 1.5 k a try (up to ten tries are allowed for).
"""

from collections.abc import Callable

import pytest

from offchain.chain.addresses import LOCALNET
from tests.programs.bench.machine import EPOCH, USDC
from tests.programs.demo_market.lab import BTC, TERMS, Lab, Player

Scene = tuple[Lab, Player]
SEARCH = 15_000


@pytest.fixture
def scene(lab: Lab) -> Scene:
    """A trader with profit to vest, and a short past its margin."""
    trader = lab.player()
    trader.open()
    trader.open(nonce=2, is_long=False, size=2 * BTC, margin=4_000 * USDC)
    lab.wait(20)
    lab.sync(24_000 * USDC)
    trader.close()
    return lab, trader


def test_init_config_compute_units() -> None:
    lab = Lab(configured=False)
    lab.init_config()
    # Seven addresses are derived once and for all.
    assert lab.units <= 40_000 + SEARCH


def test_create_market_compute_units(lab: Lab) -> None:
    market = LOCALNET.market_id(lab.creator, 2)
    lab.call("create_market", TERMS | {"index": 2}, creator=lab.creator, market=market)
    assert lab.units <= 22_000 + SEARCH
    at = LOCALNET.market(market)
    lab.call("open_vault", payer=lab.creator, market=market, vault=at.vault)
    assert lab.units <= 30_000 + SEARCH
    lab.call("open_fee_vault", payer=lab.creator, market=market, fee_vault=at.fee_vault)
    assert lab.units <= 30_000 + SEARCH


def test_open_trader_compute_units(lab: Lab) -> None:
    owner = lab.wallet()
    lab.call("open_trader", owner=owner, trader=lab.at.trader(owner))
    assert lab.units <= 18_000 + SEARCH


def fund(name: str) -> Callable[[Scene], None]:
    """Fund a ledger of the market."""
    return lambda scene: _discard(
        scene[0].call(name, {"amount": 1}, payer=scene[1].key, source=scene[1].token),
    )


def withdraw_house(scene: Scene) -> None:
    """The creator's withdrawal, with nothing open."""
    lab, trader = scene
    lab.sync(20_000 * USDC)
    trader.close(2)
    lab.call("withdraw_house", {"amount": 1}, creator=lab.creator, destination=lab.tokens(lab.creator))


def check_liquidation(scene: Scene) -> None:
    """The check of the underwater short."""
    lab, trader = scene
    lab.call("check_liquidation", caller=lab.payer, position=lab.at.perp_position(trader.key, 2))


def resolve_extreme(scene: Scene) -> None:
    """The forced end of the short."""
    lab, trader = scene
    keeper = lab.wallet()
    lab.call(
        "resolve_extreme",
        {"now": lab.now},
        keeper=keeper,
        keeper_token=lab.tokens(keeper),
        position=lab.at.perp_position(trader.key, 2),
        trader=trader.trader,
    )


def cover_deficit(scene: Scene) -> None:
    """A cover that takes from profit."""
    scene[0].call("cover_deficit", {"net": 0, "uncovered": 1, "profit": 1})


def vest_profit(scene: Scene) -> None:
    """Vesting by anyone."""
    scene[0].wait(EPOCH)
    scene[0].call("vest_profit", caller=scene[0].payer, trader=scene[1].trader)


def withdraw_profit(scene: Scene) -> None:
    """The withdrawal of what has vested."""
    lab, trader = scene
    lab.wait(EPOCH)
    lab.call("withdraw_profit", owner=trader.key, trader=trader.trader, destination=trader.token)


@pytest.mark.parametrize(
    ("action", "ceiling"),
    [
        (fund("fund_house"), 18_000),
        (fund("fund_insurance"), 18_000),
        (withdraw_house, 20_000),
        (check_liquidation, 12_000),
        (resolve_extreme, 28_000),
        (cover_deficit, 10_000),
        (vest_profit, 12_000),
        (withdraw_profit, 22_000),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_small_instructions_compute_units(scene: Scene, action: Callable[[Scene], None], ceiling: int) -> None:
    action(scene)
    assert scene[0].units <= ceiling


def _discard(_: object) -> None:
    return None
