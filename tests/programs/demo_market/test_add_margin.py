"""add_margin: an owner strengthens an own position."""

import pytest

from offchain.chain.events.generated.demo_market import MarginAdded
from tests.programs.bench.machine import EPOCH, USDC
from tests.programs.demo_market.lab import PRICE, Lab, Player

NOTIONAL = PRICE + 8 * USDC


@pytest.fixture
def trader(lab: Lab) -> Player:
    """A trader with 1 BTC long on 2 000 USDC."""
    player = lab.player()
    player.open()
    return player


def accounts(lab: Lab, trader: Player) -> dict[str, object]:
    """Accounts of add_margin."""
    return {"owner": trader.key, "position": lab.at.perp_position(trader.key, 1), "source": trader.token}


def test_margin_and_the_markets_mean_leverage_follow(lab: Lab, trader: Player) -> None:
    (event,) = lab.call("add_margin", {"amount": 500 * USDC}, **accounts(lab, trader))
    position, market = lab.position(trader.key), lab.market
    assert position.margin == position.initial_margin == market.margins == 2_500 * USDC
    assert position.leverage == -(-NOTIONAL * 10_000 // (2_500 * USDC))
    assert (market.entry_notional, market.entry_notional_leverage) == (NOTIONAL, NOTIONAL * position.leverage)
    assert lab.balance(trader.token) == 1_000_000 * USDC - 2_500 * USDC - 20_008_000
    lab.check_ledger()
    assert isinstance(event, MarginAdded)
    assert (event.amount, event.margin_before, event.margin) == (500 * USDC, 2_000 * USDC, 2_500 * USDC)


def test_it_works_without_a_fresh_price(lab: Lab, trader: Player) -> None:
    lab.wait(10 * EPOCH)
    lab.call("add_margin", {"amount": 1}, **accounts(lab, trader))
    assert lab.position(trader.key).margin == 2_000 * USDC + 1


def test_the_old_leverage_counts_until_the_change(lab: Lab, trader: Player) -> None:
    old = lab.position(trader.key).leverage
    lab.wait(EPOCH // 3)
    lab.call("add_margin", {"amount": 500 * USDC}, **accounts(lab, trader))
    new = lab.position(trader.key).leverage
    lab.wait(EPOCH)
    lab.sync()
    assert lab.market.mean_leverage == (old + 2 * new) // 3


def test_refusals(lab: Lab, trader: Player) -> None:
    own = accounts(lab, trader)
    lab.rejects("E_AMOUNT", "add_margin", {"amount": 0}, **own)
    lab.rejects("E_VAULT", "add_margin", {"amount": 1}, **own, vault=lab.tokens(lab.market_id))
    stranger = lab.wallet()
    theirs = own | {"owner": stranger, "source": lab.tokens(stranger, 10)}
    lab.rejects("E_AUTHORITY", "add_margin", {"amount": 1}, **theirs)
    lab.rejects("E_RELATION", "add_margin", {"amount": 1}, **own, market=lab.another_market())
    trader.close()
    lab.rejects("E_STATE", "add_margin", {"amount": 1}, **own)


def test_add_margin_compute_units(lab: Lab, trader: Player) -> None:
    lab.wait(3 * EPOCH)
    lab.call("add_margin", {"amount": 1}, **accounts(lab, trader))
    # One transfer, one event, and closing the books of past epochs.
    assert lab.units <= 25_000
