"""A market on a feed of Pyth: the genuine price of SOL opens it, and strangers bring every price after that.

Nobody in this story publishes a price: Pyth's receiver writes an account, and whoever passes by cranks it.
"""

from solders.pubkey import Pubkey

from offchain.chain.events.generated.demo_market import PositionClosed
from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.chain.oracles import pyth, switchboard
from offchain.chain.oracles.feed_ids import PYTH, SWITCHBOARD
from offchain.chain.units import atoms
from tests.stories.figures import assert_solvent
from tests.support.keys import User
from tests.support.market import Market
from tests.support.oracles import changed, genuine, make_pull_feed, make_update, open_feed, put, world_at
from tests.support.world import World

CENT = 10**6
"""A cent as Pyth counts: 1e-8 USD."""


class PythPrices:
    """Pyth's own account of SOL/USD."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.address, self.account = genuine("pyth_sol_usd")
        self.feed_id = pyth.read_update(self.account.data).feed_id
        put(world, self.address, self.account)

    def write(self, cents: int) -> None:
        """Pyth publishes a price of this moment."""
        put(self.world, self.address, make_update(self.feed_id, cents * CENT, self.world.now))

    def bring(self, who: User, second: Pubkey | None = None) -> None:
        """Somebody brings it to the feed."""
        self.world.send(pyth.crank(who.key, self.feed_id, self.address, second))


def crank(market: Market, prices: PythPrices, who: User, cents: int) -> None:
    """One epoch: a price that a stranger brings, and a keeper's duties."""
    market.world.advance(epochs=1)
    prices.write(cents)
    prices.bring(who)
    market.crank()


def test_a_market_lives_on_prices_that_strangers_bring() -> None:
    first = pyth.read_update(genuine("pyth_sol_usd")[1].data)
    world = world_at(first.publish_time + 5)
    stranger = world.user(name="stranger")
    prices = PythPrices(world)
    feed = open_feed(world, PYTH, prices.feed_id)
    prices.bring(stranger)
    assert world.read(PriceFeed, feed).price == first.micro.price == 108_201_617

    market = world.open_market(index=0)
    market.fund_house("2000000")
    market.fund_insurance("5000")
    for cents in (10_900, 10_950, 10_870):
        crank(market, prices, stranger, cents)
    score = market.score()
    assert score.has_score
    assert score.epoch == world.epoch
    assert market.config().oracle_feed == feed

    market.cover("100000")
    trader = market.trader("20000")
    nonce = market.open(trader, is_long=True, base="500", margin="10000")
    opened = market.perp_position(trader, nonce)
    assert opened.notional > atoms("54000")
    world.advance(seconds=30)
    prices.write(11_400)
    prices.bring(world.user(name="another stranger"))
    market.sync()
    closed = market.close(trader, nonce).event(PositionClosed)
    assert closed.profit > atoms("2000")
    assert world.read(PriceFeed, feed).price == 114 * 10**6
    assert_solvent(market)


def test_two_oracles_that_disagree_stop_the_price_and_nothing_else() -> None:
    first = pyth.read_update(genuine("pyth_sol_usd")[1].data)
    world = world_at(first.publish_time + 5)
    stranger = world.user(name="stranger")
    prices = PythPrices(world)
    open_feed(world, PYTH, prices.feed_id)
    prices.bring(stranger)
    market = world.open_market(index=0)
    second = world.user(name="switchboard's account").token

    def write_second(cents: int) -> None:
        put(world, second, make_pull_feed(cents * 10**16, world.now, world.local.slot))

    world.advance(seconds=20)
    write_second(10_850)
    world.send(pyth.set_rules(world.admin.key, prices.feed_id, second))
    prices.write(10_900)
    prices.bring(stranger, second)
    market.sync()

    # One of the two is wrong. Nobody can know which, so the market keeps its last price until they agree again.
    world.advance(seconds=20)
    prices.write(8_000)
    write_second(10_860)
    with world.expect_error("E_DIVERGENCE"):
        prices.bring(stranger, second)
    market.sync()
    assert market.perp().price == 109 * 10**6
    world.advance(seconds=20)
    prices.write(10_840)
    prices.bring(stranger, second)
    market.sync()
    assert market.perp().price == 108_400_000


def test_the_same_market_lives_on_a_feed_of_switchboard() -> None:
    address, account = genuine("switchboard_jupsol_usd")
    found = switchboard.read_feed(account.data)
    world = world_at(found.last_update + 5, found.max_slot + 20)
    stranger = world.user(name="stranger")
    put(world, address, changed(account, min_slot=found.max_slot))
    open_feed(world, SWITCHBOARD, address)
    world.send(switchboard.set_rules(world.admin.key, address, min_samples=3))
    world.send(switchboard.crank(stranger.key, address))
    market = world.open_market(index=0)
    for usd in (178, 179):
        world.advance(epochs=1)
        slot = world.local.slot
        value, now = usd * 10**18, world.now
        put(world, address, changed(account, value=value, last_update=now, min_slot=slot, max_slot=slot))
        world.send(switchboard.crank(stranger.key, address))
        market.crank()
    assert market.score().has_score
    assert market.perp().price == 179 * 10**6
