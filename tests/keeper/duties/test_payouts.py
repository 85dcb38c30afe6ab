"""Payouts that were left lying, deficits that nobody reported, fees that were not collected."""

import pytest

from offchain.chain.events.generated.insolvency_handler import ClaimEvent, NoClaim
from offchain.chain.units import atoms
from offchain.keeper.job import Lane
from tests.stories.figures import assert_solvent, crash
from tests.support.duties import carry_out, due, the_job
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World


@pytest.fixture
def victims(world: World, market: Market) -> list[User]:
    """Two traders whose positions were liquidated with deficits that nobody has reported."""
    market.cover("100000")
    users = [market.trader("20000") for _ in range(2)]
    nonces = [market.open(user, is_long=True, base="20", margin="10000") for user in users]
    crash(world, market, "6400")
    for user, nonce in zip(users, nonces, strict=True):
        market.liquidate(user, nonce)
    return users


def test_a_deficit_that_nobody_reported_is_claimed(world: World, market: Market, victims: list[User]) -> None:
    job = the_job("payouts", market)
    assert (job.lane, job.weight) == (Lane.URGENT, atoms("20000"))
    before = world.balance(world.keeper)
    sent = carry_out(market, job)
    record = market.record(sent.event(ClaimEvent).sequence)
    assert (record.payout_amount, record.fee_collected) == (atoms("20000"), True)
    assert world.balance(world.keeper) - before == record.executor_fee
    assert due("payouts", market) == due("collection", market) == []
    assert_solvent(market)


def test_a_reserved_payout_is_released_by_a_stranger(world: World, market: Market, victims: list[User]) -> None:
    market.report()
    stranger = world.user(name="stranger at the counter")
    job = the_job("payouts", market, stranger)
    assert len(job.variants[0]) == 1
    carry_out(market, job, stranger)
    assert market.record(1).state == 2
    assert world.balance(stranger) == 0
    assert due("collection", market, stranger) == []


def test_fees_of_own_claims_are_collected(world: World, market: Market, victims: list[User]) -> None:
    market.report()
    market.release(world.user(name="somebody else"))
    before = world.balance(world.keeper)
    carry_out(market, the_job("collection", market))
    assert world.balance(world.keeper) - before == market.record(1).executor_fee > 0
    assert due("collection", market) == []


def test_a_small_unreported_deficit_is_noted_so_that_deposits_are_priced_right(world: World) -> None:
    market = world.open_market(index=1, insolvency_threshold=atoms("50000"))
    world.crank_epoch()
    market.cover("150000")
    trader = market.trader("60000")
    nonce = market.open(trader, is_long=True, base="20", margin="10000")
    crash(world, market, "6400")
    market.liquidate(trader, nonce)
    job = the_job("payouts", market)
    assert job.lane == Lane.ROUTINE
    carry_out(market, job).event(NoClaim)
    assert market.pool().unsettled == market.perp().deficit_counter
    assert due("payouts", market) == []
