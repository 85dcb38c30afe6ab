"""settle_fees and sweep_fees: the premium's share first, the rest to the house."""

import pytest

from offchain.chain.events.generated.demo_market import FeesSettled, FeesSwept
from offchain.chain.instructions import demo_market
from tests.support.forging import swap
from tests.support.market import Market
from tests.support.world import World


@pytest.fixture
def fees(world: World, market: Market) -> int:
    """A trade has left fees due; returns them."""
    market.cover("200000")
    world.crank_epoch()
    market.open(market.trader("100000"), True, "2", "10000")
    due = market.perp().fees_due
    assert due == world.balance(market.m.fee_vault) > 0
    return due


def test_the_premium_manager_takes_its_share_and_the_rest_is_swept(world: World, market: Market, fees: int) -> None:
    rate, ledger = market.premium().rate_bps, market.premium().escrow_ledger
    sent = world.send(demo_market.settle_fees(world.keeper.key, market.id))
    share = -(-fees * rate // 10_000)
    assert (sent.event(FeesSettled).gross, market.perp().fees_due) == (fees, 0)
    assert market.premium().escrow_ledger - ledger == share
    assert world.balance(market.m.fee_vault) == fees - share
    house = market.perp().house
    swept = world.send(demo_market.sweep_fees(world.keeper.key, market.id)).event(FeesSwept)
    assert (swept.amount, swept.house) == (fees - share, house + fees - share)
    assert (world.balance(market.m.fee_vault), market.perp().house) == (0, house + fees - share)


def test_nothing_is_settled_twice(world: World, market: Market, fees: int) -> None:
    world.send(demo_market.settle_fees(world.keeper.key, market.id))
    with world.expect_error("E_AMOUNT"):
        world.send(demo_market.settle_fees(world.keeper.key, market.id), payer=world.creator)


def test_a_foreign_fee_vault_is_refused(world: World, market: Market, fees: int) -> None:
    good = demo_market.settle_fees(world.keeper.key, market.id)
    with world.expect_error("E_VAULT"):
        world.send(swap(good, market.m.fee_vault, market.m.vault))


def test_a_forged_premium_manager_is_not_called(world: World, market: Market, fees: int) -> None:
    good = demo_market.settle_fees(world.keeper.key, market.id)
    with world.expect_error("E_PROGRAM"):
        world.send(swap(good, world.at.premium_manager, world.at.risk_engine))


def test_settle_and_sweep_compute_units(world: World, market: Market, fees: int) -> None:
    # One fingerprint, one call with a transfer; the sweep is one transfer.
    assert world.send(demo_market.settle_fees(world.keeper.key, market.id)).units <= 45_000
    assert world.send(demo_market.sweep_fees(world.keeper.key, market.id)).units <= 18_000
