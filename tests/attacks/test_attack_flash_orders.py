"""Orders that live for a moment against statistics that set the premium, the reserve and the grade."""

import pytest

from offchain.chain.instructions import demo_market
from offchain.chain.units import atoms
from tests.support.keys import User
from tests.support.market import NO_LIMIT, Market
from tests.support.world import World


@pytest.fixture
def attacker(world: World, market: Market) -> User:
    """A rich trader in a market with cover and one honest position of 2 BTC."""
    market.cover("500000")
    world.crank_epoch()
    honest = market.trader("100000")
    market.open(honest, True, "2", "4000")
    world.crank_epoch()
    return market.trader("1000000")


def test_attack_an_order_opened_and_closed_in_one_transaction_weighs_nothing(
    world: World, market: Market, attacker: User
) -> None:
    world.advance(seconds=450)
    market.price("8000")
    before = market.perp()
    key = attacker.key
    world.send(
        demo_market.open_position(
            key,
            market.id,
            nonce=1,
            source=attacker.token,
            is_long=True,
            size=100_000_000,
            margin=atoms("50000"),
            limit_price=NO_LIMIT,
        ),
        demo_market.close_position(key, market.id, 1, attacker.token, 0),
    )
    after = market.perp()
    assert (after.acc_long, after.acc_notional, after.acc_notional_leverage) == (
        before.acc_long,
        before.acc_notional,
        before.acc_notional_leverage,
    )
    world.crank_epoch()
    assert market.inputs().open_interest_long == 2 * 8000 * 10**6


def test_attack_a_second_before_the_epoch_s_end_is_a_second(world: World, market: Market, attacker: User) -> None:
    honest, leverage = market.inputs().open_interest_long, market.perp().mean_leverage
    world.advance(seconds=899)
    market.price("8000")
    nonce = market.open(attacker, True, "100", "50000")
    world.advance(seconds=1)
    world.crank_epoch(advance=False)
    # 100 BTC for a second of 900, the honest 2 BTC throughout
    assert market.inputs().open_interest_long == 16_000 * 10**6 + 800_000 * 10**6 // 900
    assert market.inputs().open_interest_now == 816_000 * 10**6
    assert honest <= 16_000 * 10**6
    assert leverage < market.inputs().mean_leverage < market.perp_position(attacker, nonce).leverage
    market.close(attacker, nonce)


def test_attack_vanishing_for_the_report_hides_no_risk(world: World, market: Market, attacker: User) -> None:
    # The other way round: closed just before statistics are pushed, reopened after, the epoch's mean stands.
    nonce = market.open(attacker, True, "100", "50000")
    world.advance(seconds=899)
    market.price("8000")
    market.close(attacker, nonce)
    world.crank_epoch()
    held = 2 * 8000 * 10**6 + 800_000 * 10**6 * 899 // 900
    assert abs(market.inputs().open_interest_long - held) <= 1
    assert market.score().open_interest == market.inputs().open_interest_long
    assert market.pool().required_reserve > 0


def test_attack_several_pushes_in_an_epoch_change_nothing(world: World, market: Market, attacker: User) -> None:
    pushed = market.inputs()
    world.advance(seconds=60)
    market.price("8000")
    market.open(attacker, True, "100", "50000")
    world.send(demo_market.push_statistics(attacker.key, market.id))
    assert market.inputs() == pushed


def test_attack_collecting_funding_across_the_epoch_s_end_costs_more_than_it_brings(
    world: World, market: Market, attacker: User
) -> None:
    # All the open interest is long; a short that lives for two seconds around the end gets a whole epoch's funding.
    start = world.balance(attacker)
    world.advance(seconds=899)
    market.price("8000")
    nonce = market.open(attacker, False, "1", "1000")
    before = market.perp().cum_funding
    world.advance(seconds=2)
    market.price("8000")
    position = market.perp_position(attacker, nonce)
    market.close(attacker, nonce)
    funding = position.notional * (market.perp().cum_funding - before) // 10**9
    account = market.trader_account(attacker)
    assert funding > 0
    assert world.balance(attacker) + account.units + account.claimable - start < -10 * funding


def test_attack_a_flash_price_leaves_the_mean_alone(world: World, market: Market, attacker: User) -> None:
    # Open interest is marked with time: a price that stands for a second counts for a second.
    world.advance(seconds=440)
    market.price("8000")
    world.advance(seconds=1)
    market.price("9900")
    world.advance(seconds=1)
    market.price("8000")
    world.crank_epoch()
    assert market.inputs().open_interest_long == (16_000 * 10**6 * 899 + 2 * 9900 * 10**6) // 900
