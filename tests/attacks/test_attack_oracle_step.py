"""One wild price: it liquidates nobody, opens nothing and pays nobody; a real crash still goes through."""

import pytest

from offchain.chain.events.generated.demo_market import PositionClosed, PositionLiquidated
from offchain.chain.instructions import demo_market, risk_engine
from offchain.chain.units import price
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World


@pytest.fixture
def long(world: World, market: Market) -> tuple[User, int]:
    """A long of 10 BTC on 8 000 USDC at 8 000, 10x."""
    market.cover("200000")
    trader = market.trader("10000")
    return trader, market.open(trader, True, "10", "8000")


@pytest.fixture
def short(world: World, market: Market, long: tuple[User, int]) -> tuple[User, int]:
    """The other side of it."""
    trader = market.trader("10000")
    return trader, market.open(trader, False, "10", "8000")


def tick(world: World, market: Market, usd: str, seconds: int = 1) -> None:
    """A price so many seconds later."""
    world.advance(seconds=seconds)
    market.price(usd)


def test_attack_a_wild_tick_liquidates_nobody(world: World, market: Market, long: tuple[User, int]) -> None:
    tick(world, market, "8000", 30)
    tick(world, market, "4000")
    with world.expect_error("E_HEALTHY"):
        market.liquidate(*long)
    tick(world, market, "8000", 5)
    with world.expect_error("E_HEALTHY"):
        market.liquidate(*long)
    assert market.perp().deficit_counter == 0


def test_attack_a_wild_tick_below_the_step_bound_liquidates_nobody_either(
    world: World, market: Market, long: tuple[User, int]
) -> None:
    # 24 % is no step, and still the older price speaks for the position for 20 seconds.
    tick(world, market, "8000", 30)
    tick(world, market, "6100")
    assert not market.perp().provisional
    with world.expect_error("E_HEALTHY"):
        market.liquidate(*long)


def test_attack_a_wild_tick_pays_no_winner(world: World, market: Market, short: tuple[User, int]) -> None:
    tick(world, market, "8000", 30)
    tick(world, market, "4000")
    closed = market.close(*short).event(PositionClosed)
    assert closed.exit_price >= price("8000")
    assert closed.profit == 0


def test_attack_no_position_opens_at_a_wild_price(world: World, market: Market, long: tuple[User, int]) -> None:
    buyer = market.trader("10000")
    tick(world, market, "8000", 30)
    tick(world, market, "4000")
    with world.expect_error("E_PROVISIONAL"):
        market.open(buyer, True, "1", "1000")
    # Repeating the tick at once confirms nothing; a minute of it does.
    tick(world, market, "4000", 5)
    with world.expect_error("E_PROVISIONAL"):
        market.open(buyer, True, "1", "1000")
    tick(world, market, "4000", 60)
    market.open(buyer, True, "1", "1000")


def test_attack_a_price_of_wide_confidence_opens_nothing(world: World, market: Market, long: tuple[User, int]) -> None:
    buyer = market.trader("10000")
    world.advance(seconds=30)
    world.push_price("8000", conf="81")
    market.sync()
    with world.expect_error("E_PROVISIONAL"):
        market.open(buyer, True, "1", "1000")


def test_attack_a_real_crash_is_not_held_up(world: World, market: Market, long: tuple[User, int]) -> None:
    # Half the price in one step, doubtful and provisional: liquidations go on once it has lasted 20 seconds.
    tick(world, market, "4000", 30)
    tick(world, market, "4000", 20)
    assert market.perp().provisional
    done = market.claim(*long).event(PositionLiquidated)
    assert done.price == price("4000")
    assert market.record(1).payout_amount > 0


def test_attack_trading_on_an_old_price_is_refused_however_fresh_the_sync(
    world: World, market: Market, long: tuple[User, int]
) -> None:
    # The feed is down, the real price is known elsewhere: neither side may trade on the old one.
    buyer = market.trader("10000")
    world.advance(seconds=61)
    market.sync()
    for action in (lambda: market.open(buyer, True, "1", "1000"), lambda: market.close(*long)):
        with world.expect_error("E_PRICE_STALE"):
            action()
    with world.expect_error("E_PRICE_STALE"):
        market.liquidate(*long)


def test_attack_an_old_sync_hides_no_restriction(world: World, market: Market, long: tuple[User, int]) -> None:
    buyer = market.trader("10000")
    world.advance(seconds=61)
    world.push_price("8000")
    with world.expect_error("E_SYNC_STALE"):
        market.open(buyer, True, "1", "1000")
    with world.expect_error("E_SYNC_STALE"):
        market.liquidate(*long)


@pytest.mark.parametrize(
    ("code", "usd", "conf", "seconds"),
    [
        ("E_PRICE", "0", "0", 0),
        ("E_PRICE", "1000000001", "0", 0),
        ("E_PRICE_AHEAD", "8000", "0", 1),
        ("E_PRICE_STALE", "8000", "0", -61),
        ("E_PRICE_OLD", "8000", "0", -30),
        ("E_CONFIDENCE", "8000", "801", 0),
    ],
)
def test_attack_a_bad_price_changes_neither_feed_nor_score(
    world: World, market: Market, code: str, usd: str, conf: str, seconds: int
) -> None:
    world.advance(seconds=1)
    world.push_price("8000")
    world.advance(seconds=20)
    before = world.chain.account(world.feed), market.score()
    push = risk_engine.push_price(world.publisher.key, world.feed, price(usd), price(conf), world.now + seconds)
    with world.expect_error(code):
        world.send(push)
    assert (world.chain.account(world.feed), market.score()) == before


def test_attack_only_the_writer_of_a_feed_writes_it(world: World, market: Market) -> None:
    stranger = world.user()
    world.advance(seconds=20)
    for writer in (stranger, world.admin, world.creator):
        with world.expect_error("E_AUTHORITY"):
            world.send(risk_engine.push_price(writer.key, world.feed, price("1"), 0, world.now))


def test_attack_a_feed_of_one_s_own_does_not_price_the_market(world: World, market: Market) -> None:
    # Even the admin's second feed, with another writer, is not this market's.
    other = world.user()
    world.send(risk_engine.open_feed(world.admin.key, other.key, 0, other.key))
    feed = world.at.feed(other.key)
    world.advance(seconds=20)
    world.send(risk_engine.push_price(other.key, feed, price("1"), 0, world.now))
    with world.expect_error("E_RELATION"):
        world.send(risk_engine.sync_market(world.keeper.key, market.id, feed))


def test_attack_the_check_agrees_with_the_liquidation(world: World, market: Market, long: tuple[User, int]) -> None:
    owner, nonce = long
    tick(world, market, "8000", 30)
    tick(world, market, "4000")
    check = demo_market.check_liquidation(world.keeper.key, market.id, owner.key, nonce)
    with world.expect_error("E_HEALTHY"):
        world.send(check)
    tick(world, market, "4000", 20)
    world.send(check)
