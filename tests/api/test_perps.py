"""Perp positions: the accounts, and thresholds at which the program itself changes its mind."""

from typing import Any

import pytest

from offchain.chain.backends.embedded import EmbeddedChain
from offchain.chain.breach import equity_at, maintenance_at
from offchain.chain.directory import load_directory
from offchain.chain.distance import liquidation_threshold
from offchain.chain.instructions import demo_market
from tests.api.conftest import Lived
from tests.support.world import World


def test_the_open_positions_are_the_accounts(lived: Lived, get: Any) -> None:
    market = lived.market
    body = get(f"markets/{lived.id}/positions")
    found = {one["position"]: one for one in body["items"]}
    assert set(found) == {str(address) for address in market.positions}
    assert body["price"] == str(market.perp.price)
    for address, account in market.positions.items():
        one = found[str(address)]
        equity = equity_at(market.perp, account, market.perp.price)
        maintenance = maintenance_at(market.perp, account, market.perp.price)
        expected = {
            "owner": account.owner,
            "nonce": account.nonce,
            "side": "long" if account.is_long else "short",
            "size": account.size,
            "entry_price": account.entry_price,
            "notional": account.notional,
            "margin": account.margin,
            "equity": equity,
            "profit": equity - account.margin,
            "maintenance": maintenance,
            "liquidation_price": liquidation_threshold(market.perp, account),
        }
        assert {name: one[name] for name in expected} == {name: str(value) for name, value in expected.items()}
        assert one["health_bps"] == equity * 10_000 // maintenance > 10_000
        assert one["liquidatable"] is False
        assert get(f"perp-positions/{address}")["position"] == one
    distances = [abs(one["distance_bps"]) for one in body["items"]]
    assert distances == sorted(distances)
    assert sum(int(one["margin"]) for one in body["items"]) == market.perp.margins


def test_the_deficit_after_a_move_follows_from_loss_and_margin(lived: Lived, get: Any) -> None:
    one = next(
        each for each in get(f"markets/{lived.id}/positions", moves="-2000,100")["items"] if int(each["nonce"]) == 11
    )
    market = lived.market
    account = next(each for each in market.positions.values() if each.nonce == 11)
    fall, rise = one["moves"]
    there = market.perp.price * 8_000 // 10_000
    loss = account.notional - account.size * there // 10**6
    funding = -(-account.notional * (market.perp.cum_funding - account.entry_funding) // 10**9)
    keeper = min(account.size * there // 10**6 * 10 // 10_000, 5_000_000)
    assert fall["equity"] == str(account.margin - loss - funding)
    assert fall["deficit"] == str(keeper - (account.margin - loss - funding))
    assert fall["claimable"] == str(min(int(fall["deficit"]) - market.perp.fund, account.initial_margin))
    assert (rise["liquidated"], rise["deficit"]) == (False, "0")


@pytest.mark.parametrize(("is_long", "halfway"), [(True, "7900"), (False, "8250")])
def test_the_program_liquidates_at_the_threshold_and_not_before(is_long: bool, halfway: str) -> None:
    world = World.fresh()
    market = world.market
    market.deposit(world.user(usdc="30000"), "20000")
    world.crank_epochs(2)
    trader = market.trader("20000")
    nonce = market.open(trader, is_long, "1", "700")
    check = demo_market.check_liquidation(world.keeper.key, market.id, trader.key, nonce)
    found = load_directory(EmbeddedChain(world.local)).markets()[0]
    threshold = liquidation_threshold(found.perp, next(iter(found.positions.values())))
    assert threshold is not None
    world.advance(seconds=25)
    market.price(halfway)
    step = 1 if is_long else -1
    for atoms in (threshold + step, threshold):
        for _ in range(2):
            world.advance(seconds=25)
            market.price(f"{atoms // 10**6}.{atoms % 10**6:06d}")
        if atoms == threshold:
            world.send(check)
        else:
            with world.expect_error("E_HEALTHY"):
                world.send(check)


def test_positions_of_an_owner_and_closed_ones(lived: Lived, get: Any) -> None:
    mine = get("perp-positions", owner=str(lived.long.key))["items"]
    assert {one["owner"] for one in mine} == {str(lived.long.key)}
    assert len(mine) == 2
    states = [one["state"] for one in get("perp-positions", state="any", limit=500)["items"]]
    assert set(states) == {"open", "closed", "liquidated"}
    liquidated = get("perp-positions", state="liquidated", limit=500)["items"]
    assert {one["state"] for one in liquidated} == {"liquidated"}
    assert all(one["equity"] == "0" and one["moves"] == [] for one in liquidated)


@pytest.mark.parametrize("sort", ["distance", "health", "notional"])
@pytest.mark.parametrize("order", ["asc", "desc"])
def test_sorted_pages_hold_everything_once(lived: Lived, get: Any, sort: str, order: str) -> None:
    whole = get(f"markets/{lived.id}/positions", sort=sort, order=order)["items"]
    found, cursor = [], None
    while True:
        given = {"cursor": cursor} if cursor else {}
        page = get(f"markets/{lived.id}/positions", sort=sort, order=order, limit=1, **given)
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == whole
    assert len(whole) == 3
