"""report: the market hands its cumulative deficit to the insolvency handler."""

import pytest

from offchain.chain.events.generated.demo_market import DeficitCovered, DeficitSubmitted
from offchain.chain.events.generated.insolvency_handler import DeficitReported, NoClaim
from offchain.chain.instructions import demo_market
from tests.support.forging import swap
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World


def bankrupt(world: World, market: Market) -> tuple[User, int]:
    """A covered market in which a trader's long of 10 BTC, opened at 8 000, is past its margin at 6 600."""
    market.cover("200000")
    trader = market.trader("10000")
    nonce = market.open(trader, True, "10", "6000")
    world.advance(seconds=30)
    market.price("6600")
    world.advance(seconds=30)
    market.price("6600")
    return trader, nonce


@pytest.fixture
def loser(world: World, market: Market) -> User:
    """A trader whose long of 10 BTC went bankrupt from 8 000 to 6 600: a deficit above the threshold."""
    trader, nonce = bankrupt(world, market)
    market.liquidate(trader, nonce)
    return trader


def test_counters_and_unvested_profit_reach_the_handler(world: World, market: Market, loser: User) -> None:
    before = market.perp()
    sent = market.report()
    event = sent.event(DeficitSubmitted)
    assert before.deficit_counter > 0
    assert (event.deficit_counter, event.margin_counter) == (before.deficit_counter, before.margin_counter)
    assert (event.fund_counter, event.unvested_profit) == (before.fund_counter, 0)
    assert sent.event(DeficitReported).market_id == market.id
    registry = market.registry()
    assert (registry.counter, registry.margin_total) == (before.deficit_counter, before.margin_counter)
    assert registry.fund_total == before.fund_counter == 5_000_000_000
    assert market.perp() == before


def test_the_release_credits_exactly_the_net_payout(world: World, market: Market, loser: User) -> None:
    market.report()
    sequence = market.sequence
    before, vault = market.perp(), world.balance(market.m.vault)
    covered = market.release().event(DeficitCovered)
    record, after = market.record(sequence), market.perp()
    assert record.fully_covered
    assert covered.net == record.net_paid == world.balance(market.m.vault) - vault == after.house - before.house
    assert (covered.uncovered, covered.from_profit, after.bad_debt) == (0, 0, before.bad_debt)


def test_reporting_again_pays_nothing_twice(world: World, market: Market, loser: User) -> None:
    market.report()
    available = market.pool().available_balance
    market.report()
    market.release()
    world.advance(seconds=1)
    market.report().event(NoClaim)
    assert market.pool().available_balance == available


def test_a_forged_handler_is_not_called(world: World, market: Market, loser: User) -> None:
    good = demo_market.report(world.keeper.key, market.id, market.sequence)
    with world.expect_error("E_PROGRAM"):
        world.send(swap(good, world.at.insolvency_handler, world.at.risk_engine))


def test_report_compute_units(world: World, market: Market, loser: User) -> None:
    market.report()
    market.release()
    # A report that claims nothing: three fingerprints and two calls; the whole claim has its own ceiling of 100 k.
    assert market.report().units <= 75_000


def test_the_whole_claim_compute_units(world: World, market: Market) -> None:
    trader, nonce = bankrupt(world, market)
    sent = market.claim(trader, nonce)
    # Four instructions and eight calls, 129 k here. This chain's token program costs 9 k more than today's, and the
    # fingerprints of programs cost 1.5 k for each try, up to 10 k more with other program ids.
    assert sent.units <= 140_000
