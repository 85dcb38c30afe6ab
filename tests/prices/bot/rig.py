"""A bot on a real chain behind a port, its clock driven second by second, with prices that the test sets."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from solders.keypair import Keypair
from sqlmodel import col, select

from offchain.chain.backends.base import AsyncChain
from offchain.chain.backends.failover import FailoverChain
from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.chain.instructions import risk_engine
from offchain.chain.oracles.feed_ids import publisher_feed
from offchain.database.database import Database
from offchain.database.tables.price_push import PricePush
from offchain.prices.bot.bot import PriceBot
from offchain.prices.bot.configured import Desk, configured_bot
from offchain.prices.quote import Quote
from offchain.settings.markets import MarketSettings
from offchain.settings.prices import PriceSettings
from offchain.settings.project import load_project
from tests.support.keys import User
from tests.support.world import World

PAIR = "BTC/USD"
PROJECT = load_project()
SETTINGS: PriceSettings = PriceSettings()
MARKET: MarketSettings = PROJECT.cluster("localnet").markets[0]


@dataclass
class Rig:
    """One feed, its bot, and the price it is told."""

    world: World
    database: Database
    publisher: User
    bot: PriceBot
    quotes: dict[str, Quote] = field(default_factory=dict)
    pushed: list[tuple[int, str]] = field(default_factory=list)
    """(second since the start, reason) of each push that landed."""
    started: int = 0

    def say(self, usd: int, age: int = 0) -> None:
        """The captured price, 1e-6 USD, as of `age` seconds ago."""
        self.quotes[PAIR] = Quote(PAIR, "recording", usd, usd // 2_000, self.world.now - age)

    async def run(self, seconds: int, price: int | None = None) -> None:
        """So many rounds, one a second; with a price a fresh quote of it each second."""
        for _ in range(seconds):
            if price is not None:
                self.say(price)
            await self.round()
            self.world.advance(1)

    async def round(self) -> None:
        """One look at the feed."""
        before = self.pushes("landed")
        for lane in self.bot.lanes:
            await lane.round()
        for row in self.pushes("landed")[len(before) :]:
            self.pushed.append((self.world.now - self.started, row.reason))

    def feed(self) -> PriceFeed:
        """The feed as it is on chain."""
        return self.world.read(PriceFeed, self.bot.lanes[0].feed)

    def pushes(self, *states: str) -> Sequence[PricePush]:
        """The ledger."""
        with self.database.reading() as session:
            query = select(PricePush).order_by(col(PricePush.id))
            return [row for row in session.exec(query) if not states or row.state in states]


def open_feed(world: World, publisher: User) -> None:
    """The feed of the pair, written by the publisher."""
    world.send(risk_engine.open_feed(world.admin.key, publisher_feed(PAIR), 0, publisher.key))


@asynccontextmanager
async def rig(
    world: World,
    url: str,
    database: Database,
    *,
    chain: AsyncChain | None = None,
    payer: Keypair | None = None,
    market: MarketSettings = MARKET,
    settings: PriceSettings = SETTINGS,
) -> AsyncIterator[Rig]:
    """A rig on the world's chain, which is served at `url`."""
    publisher = world.publisher
    node = FailoverChain([url])
    quotes: dict[str, Quote] = {}
    desk = Desk("localnet", chain or node, world.at, payer or publisher.pair, publisher.pair, database, quotes.get)
    markets = (market, replace(market, index=9))
    try:
        bot = await configured_bot(desk, settings, markets, PROJECT.profile("development").parameters)
        yield Rig(world, database, publisher, bot, quotes, started=world.now)
    finally:
        await node.close()
