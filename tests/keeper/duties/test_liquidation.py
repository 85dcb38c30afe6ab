"""Liquidations and forced resolutions, with their claims, in one transaction each."""

import pytest

from offchain.chain.events.generated.demo_market import PositionLiquidated
from offchain.chain.events.generated.insolvency_handler import ClaimEvent, ClaimFeeCollected, NoClaim
from offchain.chain.transactions import MAX_BYTES, size_of
from offchain.chain.units import atoms
from offchain.keeper.job import Lane
from tests.support.duties import WIDE, carry_out, due, the_job
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World


def fall(world: World, *prices: str) -> None:
    """Prices half a minute apart, so that the lagged price follows; nobody synchronises the market."""
    for usd in prices:
        world.advance(seconds=30)
        world.push_price(usd)


@pytest.fixture
def trader(market: Market) -> User:
    """Somebody long with 20 BTC and a margin of 10 000 USDC, in a covered market."""
    market.cover("150000")
    user = market.trader("60000")
    market.open(user, is_long=True, base="20", margin="10000")
    return user


@pytest.fixture
def stranger(world: World) -> User:
    """A keeper with SOL and nothing else."""
    return world.user(name="stranger with a keeper")


def test_a_healthy_position_is_left_alone(world: World, market: Market, trader: User) -> None:
    assert due("liquidation", market) == due("resolution", market) == []


def test_a_breach_with_margin_left_is_closed_with_the_price_that_caused_it(
    world: World, market: Market, trader: User, stranger: User
) -> None:
    fall(world, "7650", "7650")
    job = the_job("liquidation", market, stranger)
    assert (job.lane, job.always) == (Lane.URGENT, True)
    sent = carry_out(market, job, stranger)
    assert sent.event(PositionLiquidated).deficit == 0
    assert world.balance(stranger) == sent.event(PositionLiquidated).keeper_paid > 0
    sent.none(ClaimEvent)
    assert due("liquidation", market) == []


def test_a_deficit_is_claimed_and_its_fee_collected_in_the_same_transaction(
    world: World, market: Market, trader: User, stranger: User
) -> None:
    fall(world, "7150", "7150")
    job = the_job("liquidation", market, stranger)
    sent = carry_out(market, job, stranger)
    claim = sent.event(ClaimEvent)
    assert not sent.event(PositionLiquidated).forced
    assert claim.deficit_amount == market.registry().settled > 0
    assert world.balance(stranger) == atoms("5") + sent.event(ClaimFeeCollected).amount
    assert market.perp().open_positions == 0


def test_a_position_beyond_the_extreme_is_resolved_by_the_pool(
    world: World, market: Market, trader: User, stranger: User
) -> None:
    fall(world, "6400", "6400")
    assert due("liquidation", market, stranger) == []
    job = the_job("resolution", market, stranger)
    sent = carry_out(market, job, stranger)
    assert sent.event(PositionLiquidated).forced
    assert sent.event(ClaimEvent).payout_amount == atoms("10000")
    assert world.balance(stranger) == atoms("5") + sent.event(ClaimFeeCollected).amount


def test_the_lagged_price_protects_against_a_single_tick(world: World, market: Market, trader: User) -> None:
    fall(world, "7990")
    world.advance(seconds=30)
    world.push_price("6900")
    assert due("liquidation", market) == due("resolution", market) == []


def test_prices_that_are_too_old_liquidate_nobody(world: World, market: Market, trader: User) -> None:
    fall(world, "6400", "6400")
    assert len(due("resolution", market)) == 1
    world.advance(seconds=61)
    assert due("resolution", market) == []


def test_a_deficit_below_the_threshold_is_reported_and_nothing_is_released(world: World, stranger: User) -> None:
    market = world.open_market(index=1, insolvency_threshold=atoms("50000"))
    world.crank_epoch()
    market.cover("150000")
    market.fund_house("2000000")
    market.open(market.trader("60000"), is_long=True, base="20", margin="10000")
    fall(world, "7150", "7150")
    sent = carry_out(market, the_job("liquidation", market, stranger), stranger)
    sent.event(NoClaim)
    assert market.pool().unsettled == market.perp().deficit_counter > 0
    assert due("payouts", market, stranger) == []


def test_the_whole_claim_fits_one_transaction(world: World, market: Market, trader: User, stranger: User) -> None:
    fall(world, "6400", "6400")
    largest = the_job("resolution", market, stranger).variants[0]
    assert len(largest) == 6
    assert size_of(largest, stranger.key, WIDE) <= MAX_BYTES


def test_while_a_payout_waits_positions_are_closed_without_a_report(
    world: World, market: Market, trader: User, stranger: User
) -> None:
    other = market.trader("60000")
    market.open(other, is_long=True, base="20", margin="10000")
    fall(world, "6400", "6400")
    market.sync()
    market.liquidate(trader, 1)
    market.report()
    assert market.registry().pending
    (job,) = due("resolution", market, stranger)
    assert [len(steps) for steps in job.variants] == [1, 1]
    carry_out(market, job, stranger)
    carry_out(market, the_job("payouts", market, stranger), stranger)
    carry_out(market, the_job("payouts", market, stranger), stranger)
    assert market.registry().settled == market.perp().deficit_counter
    assert due("payouts", market, stranger) == []
