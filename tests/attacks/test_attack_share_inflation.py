"""The first depositor makes a share so dear that the next deposit rounds down to nothing.

Incident class: share inflation by donation, which emptied fresh vaults and forked lending markets: one atom of shares,
a large transfer straight into the vault, and each later deposit is rounded in favour of the one share.
"""

import pytest
from solders.pubkey import Pubkey

from offchain.chain import tokens
from offchain.chain.instructions import demo_market, insurance_pool
from offchain.chain.units import atoms
from tests.attacks.moves import check_solvent, route, score, trade_volume, worth
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World

MEASURABLE = 1_000
"""Atoms: a tenth of a cent."""


def donate(world: World, to: Pubkey, usdc: str) -> None:
    """A plain transfer into a vault: nobody's instruction sees it arrive."""
    world.set_balance(to, world.balance(to) + atoms(usdc))


def value(market: Market, provider: User, entry: int) -> int:
    """What the provider's position is worth now."""
    return worth(market, market.position_of(provider, entry).shares)


@pytest.mark.parametrize("first", ["10", "10.000001", "1000"])
def test_attack_first_depositor_and_a_donation_to_the_vault(world: World, market: Market, first: str) -> None:
    """A million straight into the vault: the pool counts what it booked, so neither price nor cap moves."""
    entry = world.epoch
    attacker, victim = world.user(usdc="2000000"), world.user(usdc="100000")
    market.deposit(attacker, first)
    before = market.pool()
    donate(world, market.m.pool_vault, "1000000")
    assert market.pool() == before
    market.deposit(victim, "100000")
    assert value(market, victim, entry) >= atoms("100000") - MEASURABLE
    assert value(market, attacker, entry) <= atoms(first)
    assert market.pool().available_balance == atoms(first) + atoms("100000")
    check_solvent(world, market)


def test_attack_a_donation_between_two_deposits_of_one_transaction(world: World, market: Market) -> None:
    """The sandwich: a transfer into the vault lands right before the victim's deposit, in the same block."""
    entry = world.epoch
    attacker, victim = world.user(usdc="1000000"), world.user(usdc="10")
    market.deposit(attacker, "10")
    gift = tokens.transfer(attacker.token, market.m.pool_vault, attacker.key, atoms("900000"))
    world.send(gift, insurance_pool.deposit(victim.key, market.id, victim.token, atoms("10"), 0, entry))
    assert value(market, victim, entry) >= atoms("10") - MEASURABLE
    assert value(market, attacker, entry) <= atoms("10")


def test_attack_a_tiny_first_deposit(world: World, market: Market) -> None:
    """One atom can't be the first share."""
    attacker = world.user(usdc="100")
    for amount in ("0.000001", "9.999999"):
        with world.expect_error("E_MIN_DEPOSIT"):
            market.deposit(attacker, amount)


def test_attack_a_premium_as_the_donation(world: World, market: Market) -> None:
    """The booked way: leave a single share behind and let a real premium vest on it.

    The virtual shares take the price's rise, so that it costs the attacker the premium and the victim nothing.
    """
    attacker = market.cover("100000")
    entry = world.epoch
    trade_volume(market, rounds=4)
    market.request(attacker, entry, market.position_of(attacker, entry).shares - 1)
    world.advance(epochs=1344)
    score(world, market)
    market.withdraw(attacker, entry)
    assert market.position_of(attacker, entry).shares == 1
    route(world, market)
    assert market.pool().unvested > atoms("800")
    world.advance(epochs=96)
    score(world, market)
    assert market.pool().available_balance > atoms("800")
    assert value(market, attacker, entry) < atoms("0.01")
    victim = world.user(usdc="10")
    market.deposit(victim, "10")
    assert value(market, victim, world.epoch) >= atoms("10") - MEASURABLE
    assert market.position_of(victim, world.epoch).shares > 1_000


def test_attack_first_loss_money_as_the_donation(world: World, market: Market) -> None:
    """The creator's stake is a ledger of its own: it lifts no price, and can't be turned into shares."""
    entry = world.epoch
    creator = market.creator
    market.deposit(creator, "10")
    stake = insurance_pool.fund_first_loss(creator.key, market.id, creator.token, atoms("1000000"))
    world.send(stake)
    victim = world.user(usdc="10")
    market.deposit(victim, "10")
    assert value(market, victim, entry) >= atoms("10") - MEASURABLE
    assert value(market, creator, entry) <= atoms("10")


def test_attack_donation_to_the_escrow(world: World, market: Market) -> None:
    """Money nobody owed in the escrow is no premium: it is not routed, pays no bounty and covers no arrears."""
    market.cover("100000")
    trade_volume(market)
    world.advance(epochs=1)
    score(world, market)
    before = market.premium()
    donate(world, market.m.escrow, "1000000")
    keeper = world.balance(world.keeper)
    route(world, market)
    assert market.premium().total_routed + market.premium().total_bounty == before.escrow_ledger
    assert world.balance(world.keeper) - keeper <= 100_000
    assert world.balance(market.m.escrow) == atoms("1000000")
    assert market.premium().balance <= before.balance
    check_solvent(world, market)


def test_attack_donation_to_the_fee_vault(world: World, market: Market) -> None:
    """It is swept into the house: fees due, the premium and the pool don't see it."""
    market.cover("100000")
    trade_volume(market)
    due = market.perp().fees_due
    donate(world, market.m.fee_vault, "1000")
    assert market.perp().fees_due == due
    collected = market.premium().total_collected
    world.send(demo_market.settle_fees(world.keeper.key, market.id))
    share = market.premium().total_collected - collected
    assert share == -(-due * market.premium().rate_bps // 10_000)
    house = market.perp().house
    world.send(demo_market.sweep_fees(world.keeper.key, market.id))
    assert market.perp().house - house == due - share + atoms("1000")
    check_solvent(world, market)


def test_attack_donation_to_the_market_s_vault(world: World, market: Market) -> None:
    """It covers no deficit and belongs to nobody: house, fund and claims go by the ledger."""
    before = market.perp()
    donate(world, market.m.vault, "1000000")
    market.report()
    assert market.perp() == before
    with world.expect_error("E_AMOUNT"):
        creator = market.creator
        world.send(demo_market.withdraw_house(creator.key, market.id, creator.token, before.house + 1))
