"""A trader wins: principal at once, profit over the vesting time, all of it in the end."""

from offchain.chain.events.generated.demo_market import PositionClosed
from offchain.chain.instructions import demo_market
from offchain.chain.units import atoms
from tests.stories.figures import assert_solvent
from tests.support.keys import User
from tests.support.market import Market
from tests.support.sent import Sent
from tests.support.world import World

START = "20000"
VEST = 96


def withdraw(world: World, market: Market, trader: User) -> Sent:
    """Take out what has vested."""
    return world.send(demo_market.withdraw_profit(trader.key, market.id, trader.token))


def test_a_trader_wins_vests_and_withdraws(world: World, market: Market) -> None:
    market.cover("100000")
    trader = market.trader(START)
    nonce = market.open(trader, is_long=True, base="10", margin="8000")
    position = market.perp_position(trader, nonce)
    opening_fee = -(-position.notional * 10 // 10_000)
    assert world.balance(trader) == atoms(START) - atoms("8000") - opening_fee

    world.advance(seconds=30)
    market.price("9000")
    house = market.perp().house
    closed = market.close(trader, nonce).event(PositionClosed)
    closing_fee, profit = closed.fee, closed.profit
    assert profit > 9 * 10**9
    # Principal is back at once, the profit is still the market's.
    assert world.balance(trader) == atoms(START) - opening_fee
    assert market.perp().house == house - profit - closing_fee
    with world.expect_error("E_AMOUNT"):
        withdraw(world, market, trader)

    closed_in = world.epoch
    world.go_to_epoch(closed_in + VEST // 2)
    withdraw(world, market, trader)
    half = world.balance(trader) - (atoms(START) - opening_fee)
    assert half == profit // 2

    world.go_to_epoch(closed_in + VEST)
    withdraw(world, market, trader)
    assert world.balance(trader) == atoms(START) - opening_fee + profit
    with world.expect_error("E_AMOUNT"):
        withdraw(world, market, trader)
    assert market.perp().unvested_units == 0
    assert_solvent(market)
