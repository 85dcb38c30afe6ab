"""The whole service through March 2020: a recording on the clock of a driven chain, captured, kept and written."""

from offchain.chain.backends.failover import FailoverChain
from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.database.database import Database
from offchain.demo.candles import read_candles
from offchain.demo.ticks import ticks_of
from offchain.localnet.server import serving
from offchain.prices import history
from offchain.prices.bot.configured import Desk, configured_bot
from offchain.prices.clock import ChainClock
from offchain.prices.service import PriceService
from offchain.prices.sources.configured import configured_sources, recording_path
from offchain.settings.prices import PairSettings, PriceSettings
from tests.prices.bot.rig import MARKET, PROJECT, open_feed
from tests.support.world import World

NAME = "btc_usd_1h_2020-01-17_2020-04-09.csv"
CRASH = 1_584_003_600
"""12 March 2020, 09:00 UTC."""
TICKS = 80
"""Twenty hours."""
QUARTER = 900


async def test_the_crash_is_captured_and_written_tick_by_tick(world: World, database: Database) -> None:
    """A tick every five seconds: each price that moved by 0.1 % must stand on chain in the second it was captured."""
    settings = PriceSettings(pairs={"BTC/USD": PairSettings(recording=NAME)}, speed=QUARTER // 5, start=CRASH)
    ticks = [tick for tick in ticks_of(read_candles(recording_path(NAME))) if tick.time >= CRASH][:TICKS]
    open_feed(world, world.publisher)
    written: list[tuple[int, int]] = []
    with serving(world.local) as endpoints:
        chain = FailoverChain([endpoints.http])
        sources = configured_sources(settings, "localnet", database, world.now * 1_000)
        service = PriceService(settings, sources, database, ChainClock(chain))
        pair = world.publisher.pair
        desk = Desk("localnet", chain, world.at, pair, pair, database, service.price)
        bot = await configured_bot(desk, settings, (MARKET,), PROJECT.profile("development").parameters)
        start = world.now
        for second in range(TICKS * 5):
            await service.capture()
            await bot.lanes[0].round()
            feed = world.read(PriceFeed, bot.lanes[0].feed)
            if not written or written[-1][1] != feed.updates:
                written.append((second, feed.updates))
            tick = ticks[second // 5]
            assert abs(feed.price - tick.price) * 10_000 < feed.price * 10, f"second {second}"
            world.advance(1)
        await service.stop()
        await chain.close()

    moves = _moves([tick.price for tick in ticks])
    assert bot.status().counts == {"landed": written[-1][1]}, "nothing was refused, nothing sent in vain"
    assert len(moves) <= written[-1][1] <= len(moves) + TICKS * 5 // 20
    (status,) = service.status().pairs
    assert status.sources[0].counts == {"used": TICKS * 5}, "no real crash is refused as wild"
    with database.reading() as session:
        candles = history.candles(session, "BTC/USD", "1h", start - start % 3_600, start + 3_600)
        assert min(candle.low for candle in candles) == min(tick.price for tick in ticks)
        assert max(candle.high for candle in candles) == max(tick.price for tick in ticks)
    assert min(tick.price for tick in ticks) < ticks[0].price * 65 // 100, "it is the crash"


def _moves(prices: list[int]) -> list[int]:
    """The ticks at which a feed that follows moves of 0.1 % is written."""
    found, last = [], None
    for number, price in enumerate(prices):
        if last is None or abs(price - last) * 10_000 >= last * 10:
            found.append(number)
            last = price
    return found
