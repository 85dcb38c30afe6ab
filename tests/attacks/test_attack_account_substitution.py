"""Accounts of the right type that belong to another market, owner or claim: on liquidation, report and release."""

import pytest
from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.instructions import demo_market, insolvency_handler, insurance_pool
from tests.attacks.moves import gap
from tests.support.forging import swap
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World


@pytest.fixture
def other(world: World) -> Market:
    """A second live market, with its own pool, registry and claim record."""
    market = world.open_market(index=1)
    market.cover("100000")
    world.send(insolvency_handler.open_claim(world.keeper.key, market.id, 1))
    return market


@pytest.fixture
def loser(world: World, market: Market, other: Market) -> tuple[User, int]:
    """A position of the first market that is bankrupt, at a price both markets know."""
    market.cover("200000")
    trader = market.trader("10000")
    nonce = market.open(trader, True, "10", "6000")
    gap(world, market, "6600")
    other.sync()
    return trader, nonce


def execution(world: World, market: Market, loser: tuple[User, int]) -> Instruction:
    """The honest liquidation."""
    owner, nonce = loser
    return demo_market.execute_liquidation(world.keeper.key, market.id, owner.key, nonce, world.keeper.token)


def refuse(world: World, code: str, instruction: Instruction) -> None:
    """The transaction fails with this code."""
    with world.expect_error(code):
        world.send(instruction, payer=world.keeper)


def test_attack_liquidation_with_accounts_of_others(
    world: World, market: Market, other: Market, loser: tuple[User, int]
) -> None:
    good = execution(world, market, loser)
    position = market.m.perp_position(loser[0].key, loser[1])
    thief = market.trader("10000")
    healthy = market.m.perp_position(thief.key, market.open(thief, False, "1", "5000"))
    # What is left of the margin to the thief's trader account
    refuse(world, "E_RELATION", swap(good, market.m.trader(loser[0].key), market.m.trader(thief.key)))
    # Another, healthy position of the thief's with the loser's trader account
    refuse(world, "E_RELATION", swap(good, position, healthy))
    # The position in the books of another market
    refuse(world, "E_RELATION", swap(good, market.id, other.id))
    # Another vault: of another market, of nobody's, and the fee vault
    for vault in (other.m.vault, thief.token, market.m.fee_vault):
        refuse(world, "E_VAULT", swap(good, market.m.vault, vault))
    # A trader account as a position, a position as a market
    refuse(world, "ACCOUNT_TYPE", swap(good, position, market.m.trader(loser[0].key)))
    refuse(world, "ACCOUNT_TYPE", swap(good, market.id, position))
    # An account of the same shape that belongs to another program
    copy = world.chain.account(position)
    assert copy is not None
    forged = world.user().key
    world.local.set_account(forged, type(copy)(copy.lamports, copy.data, world.at.insurance_pool))
    refuse(world, "ACCOUNT_OWNER", swap(good, position, forged))
    world.send(good)


def test_attack_closing_somebody_else_s_position(world: World, market: Market, loser: tuple[User, int]) -> None:
    owner = market.trader("10000")
    nonce = market.open(owner, False, "1", "5000")
    thief = market.trader("10000")
    good = demo_market.close_position(owner.key, market.id, nonce, thief.token, 2**64 - 1)
    refuse(world, "E_AUTHORITY", swap(good, owner.key, thief.key))
    both = swap(swap(good, owner.key, thief.key), market.m.trader(owner.key), market.m.trader(thief.key))
    refuse(world, "E_AUTHORITY", both)


def test_attack_report_with_accounts_of_others(
    world: World, market: Market, other: Market, loser: tuple[User, int]
) -> None:
    world.send(execution(world, market, loser))
    world.send(insolvency_handler.open_claim(world.keeper.key, market.id, 1))
    good = demo_market.report(world.keeper.key, market.id, 1)
    # The deficit of one market on the registry of another, and the other way round
    refuse(world, "E_AUTHORITY", swap(good, market.m.registry, other.m.registry))
    refuse(world, "E_AUTHORITY", swap(good, market.id, other.id))
    # On the record of another market
    refuse(world, "E_RELATION", swap(good, market.m.claim(1), other.m.claim(1)))
    # Out of the pool of another market: capital never moves between markets
    refuse(world, "E_RELATION", swap(good, market.m.pool, other.m.pool))
    # With the configuration of another program, or none
    refuse(world, "ACCOUNT_OWNER", swap(good, world.at.handler_config, world.at.pool_config))
    refuse(world, "ACCOUNT_OWNER", swap(good, world.at.pool_config, world.at.demo_config))
    refuse(world, "ACCOUNT_TYPE", swap(good, world.at.pool_config, market.m.pool))
    world.send(good)


def test_attack_report_on_a_record_of_the_past(world: World, market: Market, loser: tuple[User, int]) -> None:
    world.send(execution(world, market, loser))
    market.report()
    market.release()
    assert market.record(1).state == 2
    second = market.trader("10000")
    nonce = market.open(second, True, "10", "6000")
    gap(world, market, "5200")
    market.liquidate(second, nonce)
    refuse(world, "E_SEQUENCE", demo_market.report(world.keeper.key, market.id, 1))


def test_attack_release_with_accounts_of_others(
    world: World, market: Market, other: Market, loser: tuple[User, int]
) -> None:
    world.send(execution(world, market, loser))
    market.report()
    thief = world.user()
    good = insurance_pool.release_funds(world.keeper.key, market.id, 1)
    # The payout to the thief, to another market, or out of another pool's vault
    for destination in (thief.token, other.m.vault, market.m.fee_vault):
        refuse(world, "E_RELATION", swap(good, market.m.vault, destination))
    refuse(world, "E_VAULT", swap(good, market.m.pool_vault, other.m.pool_vault))
    # Another pool's reservation: there is none
    refuse(world, "E_STATE", swap(good, market.m.pool, other.m.pool))
    # The receipt on another record, in another registry, for another market
    refuse(world, "E_RELATION", swap(good, market.m.claim(1), other.m.claim(1)))
    refuse(world, "E_RELATION", swap(good, market.m.registry, other.m.registry))
    refuse(world, "E_RELATION", swap(good, market.id, other.id))
    released = market.release(thief)
    assert world.balance(thief) == 0
    assert released.units > 0
    assert market.record(1).state == 2


def test_attack_the_receipt_can_not_be_filled_twice(world: World, market: Market, loser: tuple[User, int]) -> None:
    market.claim(*loser)
    before = market.record(1), market.pool().available_balance
    refuse(world, "E_STATE", insurance_pool.release_funds(world.keeper.key, market.id, 1))
    assert (market.record(1), market.pool().available_balance) == before


def test_attack_a_claim_fee_goes_to_its_executor_alone(
    world: World, market: Market, other: Market, loser: tuple[User, int]
) -> None:
    market.claim(*loser)
    thief = world.user()
    good = insolvency_handler.collect_claim_fee(world.keeper.key, market.id, 1, world.keeper.token)
    refuse(world, "E_AUTHORITY", swap(good, world.keeper.key, thief.key))
    for old, new in ((market.m.pool, other.m.pool), (market.m.claim(1), other.m.claim(1))):
        with world.expect_error(expected(old, market)):
            world.send(swap(good, old, new))
    fee = market.record(1).executor_fee
    before = world.balance(world.keeper)
    world.send(good)
    assert world.balance(world.keeper) - before == fee > 0


def expected(key: Pubkey, market: Market) -> str:
    """Which check sees a foreign account first: a blank record has another executor, a pool another market."""
    return "E_RELATION" if key == market.m.pool else "E_AUTHORITY"
