"""route_premiums: once an epoch everything in the escrow goes to the market's pool, less the bounty."""

import pytest

from offchain.chain.events.generated.insurance_pool import PremiumCredited
from offchain.chain.events.generated.premium_manager import PremiumsRouted
from tests.model.premium.account import route
from tests.programs.premium_manager.lab import Lab
from tests.programs.risk_engine.blank import blank_lab
from tests.support.world import World

USDC = 1_000_000


def scored(world: World, lab: Lab) -> None:
    """The next epoch, with the score of that epoch present."""
    world.advance(epochs=1)
    lab.edit(score_epoch=world.epoch)


@pytest.mark.parametrize(
    ("amount", "bounty"), [(0, 0), (99, 0), (100, 1), (5 * USDC, 50_000), (10 * USDC, 100_000), (11 * USDC, 100_000)]
)
def test_pays_bounty_and_pool(world: World, lab: Lab, amount: int, bounty: int) -> None:
    scored(world, lab)
    lab.fill_escrow(amount)
    before, vault, purse = lab.stored(), world.balance(lab.market.m.pool_vault), world.balance(world.keeper)
    sent = lab.send("route_premiums")
    after, told = route(before, world.epoch)
    assert lab.stored() == after
    assert (told.bounty, told.to_pool) == (bounty, amount - bounty)
    assert world.balance(world.keeper) == purse + bounty
    assert world.balance(lab.market.m.pool_vault) == vault + amount - bounty
    assert world.balance(lab.market.m.escrow) == 0
    event = sent.event(PremiumsRouted)
    assert (event.market_id, event.actor, event.epoch) == (lab.market.id, world.keeper.key, world.epoch)
    assert (event.escrow_before, event.escrow_after, event.bounty, event.routed) == (amount, 0, bounty, amount - bounty)
    assert (event.balance_before, event.balance_after) == (before.balance, after.balance)
    assert (event.arrears, event.slot) == (0, sent.slot)
    assert sent.event(PremiumCredited).market_id == lab.market.id


def test_no_bounty_without_the_epochs_score(world: World, lab: Lab) -> None:
    world.advance(epochs=1)
    lab.fill_escrow(5 * USDC)
    assert lab.send("route_premiums").event(PremiumsRouted).bounty == 0
    scored(world, lab)
    lab.edit(has_rate=False)
    lab.fill_escrow(5 * USDC)
    assert lab.send("route_premiums").event(PremiumsRouted).bounty == 0


def test_missed_epochs_are_caught_up_in_one_call(world: World, lab: Lab) -> None:
    lab.edit(open_interest=10**12, balance=0)
    world.advance(epochs=50)
    lab.fill_escrow(USDC)
    before = lab.stored()
    lab.send("route_premiums")
    after, told = route(before, world.epoch)
    assert lab.stored() == after
    assert told.arrears > 0 and lab.market.pool().arrears == told.arrears


def test_the_pool_learns_arrears_and_offset(world: World, lab: Lab) -> None:
    scored(world, lab)
    lab.edit(balance=-77, negative=True, negative_since=3, acknowledged_offset=55)
    event = lab.send("route_premiums").event(PremiumsRouted)
    pool = lab.market.pool()
    assert (pool.arrears, pool.acknowledged_offset, event.arrears) == (77, 55, 77)


def test_donations_stay_in_the_escrow(world: World, lab: Lab) -> None:
    scored(world, lab)
    lab.fill_escrow(USDC)
    world.set_balance(lab.market.m.escrow, 3 * USDC)
    lab.send("route_premiums")
    assert world.balance(lab.market.m.escrow) == 2 * USDC


def test_once_an_epoch(world: World, lab: Lab) -> None:
    scored(world, lab)
    lab.send("route_premiums")
    world.advance(seconds=1)
    with world.expect_error("E_EARLY"):
        lab.send("route_premiums")


def test_the_first_time_may_be_in_epoch_0(world: World, lab: Lab) -> None:
    lab.edit(has_routed=False, route_epoch=world.epoch)
    lab.send("route_premiums")
    assert lab.market.premium().has_routed


def test_refuses_a_market_without_terms(world: World, lab: Lab) -> None:
    lab.edit(active=False)
    with world.expect_error("E_STATE"):
        lab.send("route_premiums")


def test_refuses_another_escrow(world: World, lab: Lab) -> None:
    scored(world, lab)
    with world.expect_error("E_VAULT"):
        lab.send("route_premiums", escrow=world.token_account(world.at.premium_config, usdc=9))


def test_refuses_the_escrow_as_the_keepers_purse(world: World, lab: Lab) -> None:
    scored(world, lab)
    with world.expect_error("E_ALIAS"):
        lab.send("route_premiums", keeper_token=lab.market.m.escrow)


def test_refuses_a_forged_pool_program(world: World, lab: Lab) -> None:
    scored(world, lab)
    with world.expect_error("E_PROGRAM"):
        lab.send("route_premiums", pool_program=world.at.demo_market)


def test_refuses_another_markets_pool(world: World, lab: Lab) -> None:
    """Or anybody with a share of another pool could have these premiums sent there."""
    scored(world, lab)
    other = blank_lab(world).market.m
    with world.expect_error("E_RELATION"):
        lab.send("route_premiums", pool=other.pool, pool_vault=other.pool_vault)


def test_compute_units(world: World, lab: Lab) -> None:
    # two transfers, two derivations, one CPI into the pool
    scored(world, lab)
    lab.fill_escrow(5 * USDC)
    assert lab.send("route_premiums").units <= 60_000
